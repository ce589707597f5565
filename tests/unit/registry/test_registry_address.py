from __future__ import annotations

import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.model import Endpoint
from app.registry.address import parse_url, parse_zones
from app.registry.fields import FieldError

ZONES = parse_zones(
    ["10.20.0.0/16", "192.168.7.9", "fd12::/16", "*.registry.example", "Relay.Example.", "169.254.0.0/16"]
)


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("rtsp://10.20.31.7/live", Endpoint("rtsp", "10.20.31.7", 554, "/live")),
        ("rtsps://relay.example/sub/JKT-04211", Endpoint("rtsps", "relay.example", 322, "/sub/JKT-04211")),
        ("RTSP://RELAY.example:8554", Endpoint("rtsp", "relay.example", 8554, "/")),
        ("rtsp://a.registry.example/x", Endpoint("rtsp", "a.registry.example", 554, "/x")),
        ("rtsp://[fd12::7]:8554/x", Endpoint("rtsp", "fd12::7", 8554, "/x")),
        ("rtsp://192.168.7.9/a%20b%2Fc?u=%40&v=1", Endpoint("rtsp", "192.168.7.9", 554, "/a%20b%2Fc?u=%40&v=1")),
        ("rtsp://10.20.0.1/gerbang@timur:1", Endpoint("rtsp", "10.20.0.1", 554, "/gerbang@timur:1")),
        ("rtsp://10.20.0.1/jalan/é", Endpoint("rtsp", "10.20.0.1", 554, "/jalan/%C3%A9")),
    ],
)
def test_an_address_inside_the_zones_is_rebuilt_from_its_parts(url: str, endpoint: Endpoint) -> None:
    assert parse_url(url, ZONES) == endpoint


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "https://10.20.31.7/live",
        "rtsp:/10.20.31.7/live",
        "rtsp://user:pw@10.20.31.7/live",
        "rtsp://10.20.31.7@evil.example/live",
        "rtsp://10.21.0.1/live",
        "rtsp://evil.example/live",
        "rtsp://registry.example/live",
        "rtsp://evilregistry.example/live",
        "rtsp://a.registry.example.evil.org/live",
        "rtsp://169.254.169.254/latest/meta-data",
        "rtsp://[fd00:ec2::254]/latest",
        "rtsp://[::ffff:10.20.0.1]/live",
        "rtsp://[::ffff:169.254.169.254]/live",
        "rtsp://[fd12::7%25eth0]/live",
        "rtsp://0x0a140001/live",
        "rtsp://169017345/live",
        "rtsp://10.20.1/live",
        "rtsp://10.20.0.1:0/live",
        "rtsp://10.20.0.1:65536/live",
        "rtsp://10.20.0.1:/live",
        "rtsp://10.20.0.1:554abc/live",
        "rtsp://10.20.0.1/li ve",
        "rtsp://10.20.0.1/live\r\nRequire: x",
        "rtsp://10.20.0.1/live%0d%0aRequire:x",
        "rtsp://10.20.0.1/live%00",
        "rtsp://10.20.0.1/live#frag",
        "rtsp://10.20.0.1?x=1",
        "rtsp://10.20.0.1\\@evil.example/",
        "rtsp://\u202e10.20.0.1/live",
        "rtsp://１０.２０.０.１/live",
        "rtsp:///live",
        " rtsp://10.20.0.1/live",
        "rtsp://10.20.0.1/" + "x" * 2048,
        "",
        None,
        7,
        ["rtsp://10.20.0.1/live"],
    ],
)
def test_any_other_address_is_refused_in_words(url: object) -> None:
    with pytest.raises(FieldError) as caught:
        parse_url(url, ZONES)
    assert "://" not in str(caught.value)


@pytest.mark.parametrize(
    "entry", ["*", "*.", "0x7f.1", "2130706433", "10.20.0.0/99", "a b", "", None, 7, "http://x"]
)
def test_a_zone_of_unknown_form_admits_nothing(entry: object) -> None:
    zones = parse_zones([entry])
    assert not zones.names and not zones.domains and not zones.networks


def test_a_zone_of_everything_still_excludes_the_metadata_services() -> None:
    everything = parse_zones(["0.0.0.0/0", "::/0"])
    for host in ("169.254.169.254", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "0.0.0.0", "[::]", "224.0.0.1"):
        with pytest.raises(FieldError, match="no camera can be"):
            parse_url(f"rtsp://{host}/x", everything)


@given(st.text() | st.from_regex(r"rtsps?://[^\s]{0,40}(/[^\s]{0,20})?", fullmatch=True))
@example("rtsp://10.20.0.1:00554/")
def test_whatever_comes_is_an_endpoint_in_the_zones_or_refused(url: str) -> None:
    try:
        found = parse_url(url, ZONES)
    except FieldError:
        return
    assert ZONES.admits(found.host) and found.path.startswith("/") and found.path.isascii()
    assert found.scheme in ("rtsp", "rtsps") and 0 < found.port < 65_536
    assert not set(found.host) & set("@/?#[]% \t\r\n") and " " not in found.path


@given(st.ip_addresses())
def test_an_address_lies_in_a_zone_exactly_when_its_network_does(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    inside = any(
        address in ipaddress.ip_network(each)
        for each in ("10.20.0.0/16", "192.168.7.9", "fd12::/16", "169.254.0.0/16")
        if ipaddress.ip_network(each).version == address.version
    )
    assert ZONES.admits(str(address)) == inside
