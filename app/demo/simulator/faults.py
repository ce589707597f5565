"""What a simulated camera does wrong, chosen by its code or by options in the path. Pure.

A path is `/sub/CODE`, `/main/CODE` or, for tests, `/OPTION,OPTION…/sub/CODE`; options replace the fault that
the code itself stands for. Words: `basic digest digestqop noauth` (how the password is asked for), `tcponly`,
`silent`, `nodata`, `nopictures`, `busy` or `busy503`, and with seconds `slowN` (DESCRIBE is late), `stallN`
(packets stop), `eosN` (closed in order), `rstN` (connection breaks), `stale` (6 s of every 20 s stalled) or
`staleNofM`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import unquote

from app.core.model import Profile
from app.demo.scenes import Fault, fault_for
from app.demo.simulator.auth import Scheme
from app.demo.simulator.rtsp import Status

TRACK = "track0"
"""The control name of the one media track that every session description has."""
_URL_HEAD = re.compile(r"^rtsps?://[^/]*", re.IGNORECASE)
_CODE = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
_NUMBER = r"(\d{1,6}(?:\.\d{1,3})?)"
_TIMED = re.compile(rf"^([a-z]+){_NUMBER}$")
_STALE = re.compile(rf"^stale{_NUMBER}of{_NUMBER}$")


@dataclass(frozen=True, slots=True)
class Gap:
    """Packets pause at the end of every period, and return by themselves."""

    lasts_s: float
    every_s: float


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How one simulated camera answers and plays; the default is a healthy one. Times count from PLAY."""

    scheme: Scheme = Scheme.DIGEST
    is_tcp_only: bool = False
    is_silent: bool = False
    describe_delay_s: float = 0.0
    refusal: Status | None = None
    is_undecodable: bool = False
    stall_after_s: float | None = None
    gap: Gap | None = None
    end_after_s: float | None = None
    reset_after_s: float | None = None

    def is_quiet(self, playing_s: float) -> bool:
        """Whether packets are held back at that time of play."""
        if self.stall_after_s is not None and playing_s >= self.stall_after_s:
            return True
        return self.gap is not None and playing_s % self.gap.every_s >= self.gap.every_s - self.gap.lasts_s


@dataclass(frozen=True, slots=True)
class StreamPath:
    """What a request's URL names: a camera, its profile and how it behaves."""

    profile: Profile
    code: str
    behaviour: Behaviour


HEALTHY = Behaviour()

_SCHEMES = MappingProxyType({scheme.value: scheme for scheme in Scheme})


_OF_FAULT = MappingProxyType(
    {
        Fault.SILENT: Behaviour(is_silent=True),
        Fault.NO_DATA: Behaviour(stall_after_s=0.0),
        Fault.STALL: Behaviour(stall_after_s=10.0),
        Fault.FLAP: Behaviour(reset_after_s=8.0),
        Fault.END_OF_STREAM: Behaviour(end_after_s=10.0),
        Fault.SLOW: Behaviour(describe_delay_s=2.0),
        Fault.BUSY: Behaviour(refusal=Status.NOT_ENOUGH_BANDWIDTH),
        Fault.NO_PICTURES: Behaviour(is_undecodable=True),
        Fault.STALE: Behaviour(gap=Gap(lasts_s=6.0, every_s=20.0)),
    }
)

_WORDS: MappingProxyType[str, Callable[[Behaviour], Behaviour]] = MappingProxyType(
    {
        "tcponly": lambda behaviour: replace(behaviour, is_tcp_only=True),
        "silent": lambda behaviour: replace(behaviour, is_silent=True),
        "nodata": lambda behaviour: replace(behaviour, stall_after_s=0.0),
        "nopictures": lambda behaviour: replace(behaviour, is_undecodable=True),
        "busy": lambda behaviour: replace(behaviour, refusal=Status.NOT_ENOUGH_BANDWIDTH),
        "busy503": lambda behaviour: replace(behaviour, refusal=Status.UNAVAILABLE),
        "stale": lambda behaviour: replace(behaviour, gap=Gap(lasts_s=6.0, every_s=20.0)),
    }
)

_TIMED_WORDS: MappingProxyType[str, Callable[[Behaviour, float], Behaviour]] = MappingProxyType(
    {
        "slow": lambda behaviour, seconds_s: replace(behaviour, describe_delay_s=seconds_s),
        "stall": lambda behaviour, seconds_s: replace(behaviour, stall_after_s=seconds_s),
        "eos": lambda behaviour, seconds_s: replace(behaviour, end_after_s=seconds_s),
        "rst": lambda behaviour, seconds_s: replace(behaviour, reset_after_s=seconds_s),
    }
)


def parse_path(url: str) -> StreamPath | None:
    """The camera that a URL names, None where there is no such stream."""
    parts = [unquote(part) for part in _URL_HEAD.sub("", url).split("/") if part]
    if parts and parts[-1] == TRACK:
        parts = parts[:-1]
    if len(parts) not in (2, 3) or not _CODE.match(parts[-1]):
        return None
    profile = next((known for known in Profile if known.value == parts[-2]), None)
    behaviour = parse_options(parts[0]) if len(parts) == 3 else behaviour_for(parts[-1])
    return StreamPath(profile, parts[-1], behaviour) if profile and behaviour else None


def behaviour_for(code: str) -> Behaviour:
    """How the camera of that code behaves by itself; faults that a lease plays leave it healthy."""
    fault = fault_for(code)
    return _OF_FAULT.get(fault, HEALTHY) if fault else HEALTHY


def parse_options(text: str) -> Behaviour | None:
    """The behaviour that comma-separated options ask for, None where one of them is not known."""
    behaviour: Behaviour | None = HEALTHY
    for word in text.split(","):
        behaviour = _apply(behaviour, word) if behaviour else None
    return behaviour


def _apply(behaviour: Behaviour, word: str) -> Behaviour | None:
    if word in _SCHEMES:
        return replace(behaviour, scheme=_SCHEMES[word])
    if word in _WORDS:
        return _WORDS[word](behaviour)
    if match := _STALE.match(word):
        gap = Gap(lasts_s=float(match[1]), every_s=float(match[2]))
        return replace(behaviour, gap=gap) if gap.every_s > 0 else None
    match = _TIMED.match(word)
    change = _TIMED_WORDS.get(match[1]) if match else None
    return change(behaviour, float(match[2])) if match and change else None
