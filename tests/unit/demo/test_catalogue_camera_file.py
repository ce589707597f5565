"""One's own cameras from a CSV file: what is taken, what is left out and why, and that nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ConfigError
from app.core.model import Profile, Reject
from app.core.sentence import quoted
from app.demo.catalogue.camera_file import CameraFile, read_camera_file, reject_sentence
from app.demo.catalogue.own_cameras import own_catalogue

HEADING = "code,name,kelurahan,main_url,sub_url,username,password"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cameras.csv"


def read(path: Path, *rows: str, heading: str = HEADING, prefix: bytes = b"") -> CameraFile:
    path.write_bytes(prefix + "\n".join((heading, *rows, "")).encode())
    return read_camera_file(path)


def main_stream(file: CameraFile) -> tuple[str, str, str]:
    """URL, user name and secret of the first camera's main stream."""
    stream = file.cameras[0].streams[Profile.MAIN]
    return stream.url, stream.username, stream.secret.reveal()


def test_row_is_read_as_it_stands(path: Path) -> None:
    file = read(path, "G-1,Gudang belakang,Cideng,rtsp://h:8554/a?b=c,rtsps://h/sub,admin,ra hasia ")
    (camera,) = file.cameras
    assert (camera.code, camera.name, camera.kelurahan) == ("G-1", "Gudang belakang", "Cideng")
    assert main_stream(file) == ("rtsp://h:8554/a?b=c", "admin", "ra hasia ")
    assert camera.streams[Profile.SUB].url == "rtsps://h/sub"
    assert file.rejected == ()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
def test_spreadsheets_ways_of_writing_csv_are_read(path: Path, ending: str, delimiter: str, prefix: bytes) -> None:
    rows = [HEADING.upper(), 'G-1,"Gudang ""Ä""",Cideng,rtsp://h/1,,,', ",,,,,,"]
    path.write_bytes(prefix + ending.join(rows).replace(",", delimiter).encode())
    (camera,) = read_camera_file(path).cameras
    assert camera.name == 'Gudang "Ä"'


def test_columns_may_stand_in_any_order_and_some_be_missing(path: Path) -> None:
    file = read(path, "rtsp://h/1,Gudang,G-1", heading="main_url,name,code")
    assert file.cameras[0].code == "G-1"
    assert file.cameras[0].streams.keys() == {Profile.MAIN}
    assert main_stream(file) == ("rtsp://h/1", "", "")


def test_short_row_has_empty_values(path: Path) -> None:
    assert main_stream(read(path, "G-1,Gudang,,rtsp://h/1")) == ("rtsp://h/1", "", "")


def test_user_information_is_taken_out_of_a_url(path: Path) -> None:
    file = read(path, "G-1,Gudang,,rtsp://ad%40min:p%3A%40%25%2Fw@h:8554/1,rtsp://h/2,,")
    assert main_stream(file) == ("rtsp://h:8554/1", "ad@min", "p:@%/w")
    sub = file.cameras[0].streams[Profile.SUB]
    assert (sub.url, sub.username, sub.secret.reveal()) == ("rtsp://h/2", "ad@min", "p:@%/w")


def test_streams_may_have_passwords_of_their_own(path: Path) -> None:
    file = read(path, "G-1,Gudang,,rtsp://a:1@h/1,rtsp://b:2@h/2,,")
    streams = file.cameras[0].streams
    assert [(each.username, each.secret.reveal()) for each in streams.values()] == [("a", "1"), ("b", "2")]


def test_columns_win_over_user_information(path: Path) -> None:
    assert main_stream(read(path, "G-1,Gudang,,rtsp://a:1@h/1,,b,2")) == ("rtsp://h/1", "b", "2")


def test_address_of_ip_version_6_keeps_its_brackets(path: Path) -> None:
    assert main_stream(read(path, "G-1,Gudang,,rtsp://u:p@[fd00::7]:554/1,,,"))[0] == "rtsp://[fd00::7]:554/1"


BAD_ROWS = {
    "no code": (",Gudang,,rtsp://h/1,,,", "code"),
    "odd code": ("a<b,Gudang,,rtsp://h/1,,,", "code"),
    "long code": ("x" * 65 + ",Gudang,,rtsp://h/1,,,", "code"),
    "no name": ("G-1,,,rtsp://h/1,,,", "name"),
    "control character": ("G-1,Gu\x07dang,,rtsp://h/1,,,", "name"),
    "long kelurahan": ("G-1,Gudang," + "x" * 201 + ",rtsp://h/1,,,", "kelurahan"),
    "no main URL": ("G-1,Gudang,,,rtsp://h/2,,", "main_url"),
    "http": ("G-1,Gudang,,http://u:rahasia@h/1,,,", "main_url"),
    "file": ("G-1,Gudang,,file:///etc/passwd,,,", "main_url"),
    "no scheme": ("G-1,Gudang,,10.1.2.3/1,,,", "main_url"),
    "no host": ("G-1,Gudang,,rtsp:///1,,,", "main_url"),
    "no port": ("G-1,Gudang,,rtsp://u:rahasia@h:99999/1,,,", "main_url"),
    "blank": ("G-1,Gudang,,rtsp://u:rahasia@h/1 :option,,,", "main_url"),
    "hash": ("G-1,Gudang,,rtsp://u:rahasia#@h/1,,,", "main_url"),
    "bare @ and /": ("G-1,Gudang,,rtsp://u:x@rahasia/y@h/1,,,", "main_url"),
    "bare /": ("G-1,Gudang,,rtsp://u:rahasia/y@h/1,,,", "main_url"),
    "bracket": ("G-1,Gudang,,rtsp://u:rahasia@[h/1,,,", "main_url"),
    "long URL": ("G-1,Gudang,,rtsp://h/" + "x" * 2000 + ",,,", "main_url"),
    "bad sub URL": ("G-1,Gudang,,rtsp://h/1,ftp://u:rahasia@h/2,,", "sub_url"),
    "bare comma": ("G-1,Gudang, belakang,,rtsp://h/1,,u,rahasia", "code"),
}


@pytest.mark.parametrize(("row", "column"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_bad_row_is_left_out_alone_and_named(path: Path, row: str, column: str) -> None:
    file = read(path, "OK-1,Baik,,rtsp://h/1,,,", row, "OK-2,Baik,,rtsp://h/2,,,")
    assert [camera.code for camera in file.cameras] == ["OK-1", "OK-2"]
    (rejected,) = file.rejected
    assert (rejected.row, rejected.field) == (3, column)
    said = reject_sentence(path, rejected)
    assert "rahasia" not in said
    assert said.count("\n") == 0


def test_code_that_comes_twice_keeps_the_first(path: Path) -> None:
    file = read(path, "G-1,Satu,,rtsp://h/1,,,", "G-1,Dua,,rtsp://h/2,,,")
    assert [camera.name for camera in file.cameras] == ["Satu"]
    assert file.rejected == (Reject(3, "code", quoted("comes twice in the file")),)


def test_reason_of_a_file_without_a_good_row_is_that_of_its_first(path: Path) -> None:
    with pytest.raises(ConfigError, match="no usable camera: row 2, column main_url: is empty"):
        read(path, "G-1,Gudang,,,,,", "G-2,,,,,,")
    with pytest.raises(ConfigError, match="no rows below its heading"):
        read(path)


@pytest.mark.parametrize("column", ["code", "name", "main_url"])
def test_missing_column_is_named(path: Path, column: str) -> None:
    with pytest.raises(ConfigError, match=f"no column {column}"):
        read(path, "x", heading=HEADING.replace(column, "other"))


def test_file_that_cannot_be_read_is_named(path: Path, tmp_path: Path) -> None:
    for nothing in (path, tmp_path):
        with pytest.raises(ConfigError, match="cannot be read") as caught:
            read_camera_file(nothing)
        assert str(nothing) in str(caught.value)


def test_text_that_is_not_utf8_is_named_with_its_row(path: Path) -> None:
    path.write_bytes(HEADING.encode() + b"\nG-1,Gud\xe4ng,,rtsp://h/1,,,\n")
    with pytest.raises(ConfigError, match="row 2, is not UTF-8"):
        read_camera_file(path)


@given(data=st.binary(max_size=400))
def test_no_bytes_at_all_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(HEADING.encode() + b"\n" + data)
    try:
        file = read_camera_file(path)
    except ConfigError:
        return
    assert own_catalogue(file).cameras


@given(secret=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40))
def test_any_password_of_the_column_arrives_whole(tmp_path_factory: pytest.TempPathFactory, secret: str) -> None:
    path = tmp_path_factory.getbasetemp() / "password.csv"
    quoted = secret.replace('"', '""')
    path.write_text(f'{HEADING}\nG-1,Gudang,,rtsp://h/1,,u,"{quoted}"\n', encoding="utf-8")
    assert main_stream(read_camera_file(path))[2] == secret


def test_secret_prints_nowhere(path: Path) -> None:
    assert "rahasia" not in repr(read(path, "G-1,Gudang,,rtsp://u:rahasia@h/1,,,"))


def test_own_cameras_have_unknown_measures_and_known_places(path: Path) -> None:
    file = read(path, "A,Satu,31.71.01.1002,rtsp://h/1,rtsp://h/2,,", "B,Dua,CIDENG,rtsp://h/1,,,")
    first, second = own_catalogue(file).cameras
    assert first.jurisdiction == second.jurisdiction
    assert first.jurisdiction.subsector == "PMJ-0101-1"
    assert [stream.id for stream in first.profiles] == ["sub", "main"]
    assert [stream.id for stream in second.profiles] == ["main"]
    assert {(stream.codec, stream.width_px) for stream in first.profiles} == {("unknown", None)}
    assert first.credential.version == int(path.stat().st_mtime)
    assert (first.site, second.site) == (None, None)


def test_own_camera_keeps_its_identity_however_its_row_changes(path: Path) -> None:
    before = own_catalogue(read(path, "A,Satu,,rtsp://h/1,,,")).cameras[0]
    after = own_catalogue(read(path, "B,Dua,,rtsp://h/2,,,", "A,Lain,Cideng,rtsp://x/1,,,")).cameras[1]
    assert before.id == after.id
