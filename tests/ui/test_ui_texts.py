"""Words: every member of every enum has its own; times and texts from outside are put plainly."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.budget import Surface
from app.core.commands import TileId
from app.core.failure import ENDPOINT_REASONS, Failure, Reason
from app.core.figures import StreamFigures
from app.core.model import CameraId, Codec, Profile
from app.core.stream_life import Life
from app.core.tile_status import Sign, TileStatus
from tests.fakes.fake_console import a_camera
from ui.figures import figure_lines
from ui.plain_text import plain, plain_action, plain_tooltip
from ui.texts import (
    HELP,
    LIVES,
    REASONS,
    RELAY_HELP,
    RELAY_REASONS,
    SIGNS,
    age_text,
    duration,
    failure_help,
    failure_sentence,
    life_words,
    retry_sentence,
    sign_word,
)
from ui.tile_look import look_of

CAMERA = a_camera(7, "Simpang Harmoni", "31.71.01.1001")


@pytest.mark.parametrize(("kind", "texts"), [(Reason, REASONS), (Sign, SIGNS), (Life, LIVES)])
def test_every_member_has_words_of_its_own(kind: type[Enum], texts: dict[Enum, str]) -> None:
    assert set(texts) == set(kind)
    assert len(set(texts.values())) == len(texts)


@pytest.mark.parametrize("at_relay", [False, True])
@pytest.mark.parametrize("reason", Reason)
def test_a_failure_is_one_sentence_that_fits_a_small_tile(reason: Reason, at_relay: bool) -> None:
    failure = Failure(reason, at_relay=at_relay)
    sentence = failure_sentence(failure)
    assert sentence[0].isupper() and sentence.endswith(".") and len(sentence) <= 75
    assert "RTSP" not in sentence and "exception" not in sentence.lower()
    assert len(failure_help(failure)) <= 75


def test_a_relay_is_named_wherever_it_and_not_the_camera_was_asked() -> None:
    """What a stream is made of is the camera's, whoever hands it on."""
    of_the_stream = {Reason.UNSUPPORTED, Reason.UNDECODABLE, Reason.LOGIN_UNHEARD}
    of_the_path = {reason for reason, text in REASONS.items() if "camera" in text.split(".")[0].lower()}
    assert set(RELAY_REASONS) == ENDPOINT_REASONS - of_the_stream
    assert set(RELAY_REASONS) <= of_the_path, "the others name nobody"
    assert all("relay" in text for text in RELAY_REASONS.values())
    assert len({*REASONS.values(), *RELAY_REASONS.values()}) == len(REASONS) + len(RELAY_REASONS)
    assert set(RELAY_HELP) <= set(RELAY_REASONS)


def test_words_are_found_for_each_enum() -> None:
    refused = Failure(Reason.UNAUTHORIZED)
    assert failure_sentence(refused) == "The camera refuses the user name or password."
    assert failure_help(refused) == "Call the registry desk: the password there is wrong."
    at_relay = replace(refused, at_relay=True)
    assert failure_sentence(at_relay) == "The camera's relay refuses the user name or password."
    assert failure_help(at_relay) == "Call the registry desk: the relay's password there is wrong."
    assert (failure_help(Failure(Reason.STALLED)), Reason.STALLED in HELP) == ("", False)
    assert sign_word(Sign.LIVE) == "LIVE"
    assert life_words(Life.BACKOFF) == "waiting to try again"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "0 s"), (0.2, "1 s"), (59, "59 s"), (60, "1 min 0 s"), (290, "4 min 50 s"), (3600, "1 h 0 min"),
        (7500, "2 h 5 min"), (172800, "2 d 0 h"),
    ],
)  # fmt: skip
def test_a_duration_is_read_at_a_glance(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_an_age_is_never_rounded_up() -> None:
    ages = {0.0: "0.0 s", 0.09: "0.0 s", 0.1: "0.1 s", 1.99: "1.9 s", 29.96: "29.9 s"}
    assert {age_s: age_text(age_s) for age_s in ages} == ages


def test_what_happens_next_is_said_unless_nothing_will() -> None:
    failure = Failure(Reason.REFUSED)
    assert retry_sentence(failure, 290) == "Next try in 4 min 50 s"
    assert retry_sentence(failure, None) == "Trying again…"
    assert retry_sentence(Failure(Reason.WITHDRAWN), None) == ""


# ---- looks


def status(sign: Sign, **more: object) -> TileStatus:
    return TileStatus(TileId(1, 3), sign, camera_id=CAMERA.id, camera=CAMERA, **more)


def test_a_lost_tile_explains_itself() -> None:
    look = look_of(status(Sign.LOST, failure=Failure(Reason.NOT_FOUND, "404 <b>\u202e"), retry_in_s=59.5))
    assert look.headline == "The camera has no such stream (404)."
    assert look.advice and look.next_step == "Next try in 1 min 0 s"
    assert look.detail == "404 <b>"


def test_a_stale_tile_without_a_reason_says_what_is_known() -> None:
    assert look_of(status(Sign.STALE, age_s=2.1)).headline == "No new picture arrives."


def test_a_live_look_does_not_change_with_age_or_counters() -> None:
    first = look_of(status(Sign.LIVE, age_s=0.0, pictures=1))
    assert first == look_of(status(Sign.LIVE, age_s=0.9, pictures=99, failure=Failure(Reason.RESET)))


def test_a_camera_without_a_name_is_called_by_its_code_and_an_unlisted_one_unknown() -> None:
    nameless = a_camera(7, " \u200b", "31.71.01.1001")
    assert look_of(TileStatus(TileId(1, 1), Sign.LIVE, nameless.id, nameless)).name == "JKT-00007"
    assert look_of(TileStatus(TileId(1, 1), Sign.LOST, CameraId("x"))).name == "Unknown camera"


def test_figures_say_what_is_known_and_unknown() -> None:
    known = StreamFigures(
        Profile.MAIN, Surface.SHARED, "av", "software", transport="tcp", codec=Codec.H265,
        width_px=1920, height_px=1080, packets_per_s=25.04, shown_fps=24.96, bitrate_kbps=4096.4, age_s=0.07,
        late_s=0.0, jitter_s=0.0034, latency_s=0.0712, clock_rate=1.0004, first_picture_s=0.843, reconnects=2,
    )  # fmt: skip
    assert figure_lines(status(Sign.LIVE), known) == (
        "main H265 1920×1080",
        "25.0 fps in · 25.0 fps shown",
        "age 0.0 s · latency 0.07 s",
        "4,096 kbit/s · jitter 3 ms",
        "late 0.0 s · loss none (TCP)",
        "av · software · shared",
        "first 0.84 s · reconnects 2",
        "camera clock × 1.000",
        "JKT-00007",
    )
    unknown = figure_lines(status(Sign.LATE), StreamFigures(Profile.SUB, Surface.DIRECT, "vlc", ""))
    assert unknown[0] == "sub unknown unknown" and sum(line.count("unknown") for line in unknown) >= 10
    assert figure_lines(status(Sign.LOST), known) == figure_lines(status(Sign.LIVE), None) == ()


def test_damage_is_what_is_known_of_loss() -> None:
    damaged = StreamFigures(Profile.SUB, Surface.SHARED, "av", "software", transport="udp", damaged_part=0.034)
    assert any("3.4% damaged" in line for line in figure_lines(status(Sign.LIVE), damaged))


def test_what_a_relay_lost_on_its_own_way_to_the_camera_is_not_called_nothing() -> None:
    relayed = StreamFigures(Profile.SUB, Surface.SHARED, "av", "software", transport="tcp", is_relayed=True)
    assert any(line.endswith("loss unknown") for line in figure_lines(status(Sign.LIVE), relayed))


# ---- plain text


@given(st.text(max_size=400))
def test_plain_text_is_one_short_line_without_controls(text: str) -> None:
    shown = plain(text)
    assert len(shown) <= 200 and shown == shown.strip()
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Simpang Harmoni 3", "Simpang Harmoni 3"),
        ("  a \t b\n\nc ", "a b c"),
        ("\u202eevil\u2066", "evil"),
        ("Café \u00a0É", "Café É"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_plain_text_keeps_what_can_be_seen(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_markup_and_marks_are_shown_as_they_are() -> None:
    assert plain_tooltip(["<b>x</b>"]) == "<qt>&lt;b&gt;x&lt;/b&gt;</qt>"
    assert plain_action("R&D") == "R&&D"
