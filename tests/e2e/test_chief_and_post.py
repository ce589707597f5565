"""A chief and a post: two consoles, one registry, one X server, real keys. The post's screen says what came of it.

The tests run in order and share the two walls.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.audit.verifying import verify
from app.core.layout import Rect, uniform_layout
from app.demo.registry.access import AccessStore
from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.world import DemoWorld
from tests.support.framebuffer import Framebuffer
from tests.support.product import ROOT, Product, running_product
from tests.support.wall_eye import Look, Pixels, WallEye, WallPlace, count_colour, part, save
from tests.support.wall_hands import WallHands
from tests.waiting import until
from tests.xdisplay import XDisplay, open_display
from ui.remote_banner import HEIGHT_PX as BANNER_PX

SIZE_PX = (900, 640)
ONE, FOUR = uniform_layout(1), uniform_layout(4)
CHIEF_PLACE = WallPlace(*SIZE_PX, ONE, has_panel=False)
POST_PLACE = WallPlace(*SIZE_PX, FOUR, has_panel=False, x_px=SIZE_PX[0])
DIRECTED_PLACE = WallPlace(*SIZE_PX, ONE, has_panel=False, x_px=SIZE_PX[0], top_px=BANNER_PX)
BANNER = Rect(SIZE_PX[0], 0, SIZE_PX[0], BANNER_PX)
CHIEF_SCREEN = Rect(0, 0, *SIZE_PX)
POST_NAME = "Pos Harmoni"
CHIEF, OFFICER = ("78021144", "419075"), ("86040317", "204817")
"""Of the demo's invented officers; their PINs stand in the README."""
GOAL_S = 2.0
"""From the chief's key to the post's screen (issue 5)."""
SPARE_S = 3.0
"""What two busy cores may add to it; the real time is printed."""
PAGE_PX = 20_000
"""Pixels in just the colour of pages: more than any tile ever has of it."""
STATE_PX = 60
"""Pixels in just the colour of a state, of a tile in small: its edge is blended."""
TILES = Rect(SIZE_PX[0] // 2, SIZE_PX[1] // 3, SIZE_PX[0] * 9 // 20, SIZE_PX[1] // 2)
"""Where the chief's page has a post's tiles."""
PICTURES = ROOT / "build" / "chief-and-post"


@dataclass(frozen=True, slots=True)
class Seat:
    """A console, and who sits before it."""

    product: Product
    hands: WallHands
    window: int

    def press(self, *chords: str) -> None:
        """Press keys there."""
        self.hands.focus(self.window)
        self.hands.press(*chords)

    def type(self, text: str) -> None:
        """Type there."""
        self.hands.focus(self.window)
        self.hands.type(text)

    @property
    def journal(self) -> list[dict[str, Any]]:
        """What it has written down of remote control."""
        files = sorted((self.product.folder / "home").rglob("journal-*.ndjson"))
        lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if line["kind"] == "remote-control"]

    @property
    def journal_folder(self) -> Path:
        """Where it writes."""
        return next((self.product.folder / "home").rglob("journal-*.ndjson")).parent


@dataclass(frozen=True, slots=True)
class Stage:
    """Both of them."""

    screen: Framebuffer
    chief: Seat
    post: Seat
    free: WallEye
    """Looks at the post's wall as its officer has it."""
    directed: WallEye
    """Looks at it under remote control."""
    registry: Path

    def shot(self, name: str) -> Pixels:
        """Keep a picture of the screen; gives it."""
        pixels = self.screen.pixels.copy()
        save(pixels, PICTURES / f"{name}.png")
        return pixels

    def page_px(self, side: Rect = CHIEF_SCREEN) -> int:
        """How much of a window has the colour of pages."""
        return count_colour(part(self.screen.pixels.copy(), side), "raised")

    @property
    def states_px(self) -> int:
        """How much of the chief's page has the colours of tiles' states."""
        pixels = part(self.screen.pixels.copy(), TILES)
        return count_colour(pixels, "live") + count_colour(pixels, "amber")

    @property
    def has_banner(self) -> bool:
        """Whether the post's wall says that it is under remote control."""
        banner = part(self.screen.pixels.copy(), BANNER)
        return count_colour(banner, "raised") > BANNER_PX * SIZE_PX[0] // 2 and count_colour(banner, "text") > 50


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A chief's console on the left, a post's on the right, each with somebody on duty."""
    folder = tmp_path_factory.mktemp("chief")
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    for name in ("screen", "central", "chief", "post"):
        (folder / name).mkdir()
    central = folder / "central"
    width_px = 2 * SIZE_PX[0]
    with ExitStack() as stack:
        registry = stack.enter_context(DemoWorld(central, None))
        display = stack.enter_context(open_display(width_px, SIZE_PX[1], framebuffer=folder / "screen"))
        screen, hands = Framebuffer(folder / "screen"), WallHands(display)
        code = _another_code(central / "registry.sqlite")

        def seat(name: str, x_px: int, code: str, *words: str) -> Seat:
            return _seat(
                stack, display, hands, folder / name, x_px, ["--registry", registry.url, "--enrol", code, *words]
            )

        chief = seat("chief", 0, registry.enrolment_code, "--tiles", "1")
        post = seat("post", SIZE_PX[0], code, "--tiles", "4")
        eyes = (WallEye(display, place, screen) for place in (POST_PLACE, DIRECTED_PLACE))
        made = Stage(screen, chief, post, *eyes, central / "registry.sqlite")
        try:
            WallEye(display, CHIEF_PLACE, screen).watch(lambda looks: _plays(looks[-1]), what="the chief's camera")
            made.free.watch(lambda looks: _plays(looks[-1]), what="the post's cameras")
            yield made
        finally:
            made.shot("at-the-end")


def _plays(look: Look) -> bool:
    """Whether every tile of the layout that is looked for has a picture with its code where it belongs."""
    return all(tile.frame is not None for tile in look.tiles)


def _another_code(file: Path) -> str:
    """An enrolment code for the post, as IT makes one."""
    with closing(Database(file)) as database:
        return AccessStore(database, time.time).issue_code(POST_NAME, Scope(units=("PMJ",)))


def _seat(
    stack: ExitStack, display: XDisplay, hands: WallHands, folder: Path, x_px: int, words: list[str]
) -> Seat:
    more = {"PANTAU_LANGUAGE": "en"}
    size = ["--size", "{}x{}".format(*SIZE_PX), "--no-panel"]
    product = stack.enter_context(running_product(folder, ["run", *words, *size], display, more))
    window = hands.window_of(product.process.pid)
    hands.move_window(window, x_px)
    return Seat(product, hands, window)


def _sign_in(stage: Stage, seat: Seat, side: Rect, officer: tuple[str, str]) -> None:
    seat.press("F8")
    until(lambda: stage.page_px(side) > PAGE_PX, what="the page of shifts")
    seat.type(officer[0])
    seat.press("Tab")
    seat.type(officer[1])
    seat.press("Return")
    until(lambda: stage.page_px(side) < PAGE_PX, what="the shift")


def test_both_sign_in(stage: Stage) -> None:
    _sign_in(stage, stage.chief, CHIEF_SCREEN, CHIEF)
    _sign_in(stage, stage.post, Rect(SIZE_PX[0], 0, *SIZE_PX), OFFICER)


def test_the_chiefs_key_changes_the_posts_screen(stage: Stage) -> None:
    stage.chief.press("ctrl+shift+p")
    until(lambda: stage.page_px() > PAGE_PX, what="the page of walls")
    until(lambda: stage.states_px > STATE_PX, what="a wall with its tile")
    stage.chief.press("ctrl+f")
    stage.chief.type("harmoni")
    until(lambda: stage.states_px > 3 * STATE_PX, what="the post's wall with its four tiles")
    time.sleep(1.0)  # what is wanted there is asked, too
    stage.shot("walls-of-posts")
    stage.chief.press("F2")
    until(lambda: stage.states_px < STATE_PX, what="the order")
    stage.shot("order")
    assert not stage.has_banner
    stage.chief.hands.focus(stage.chief.window)
    asked_s = time.monotonic()
    stage.chief.hands.press("ctrl+Return")
    looks = stage.directed.watch(lambda looks: _plays(looks[-1]) and stage.has_banner, what="the chief's layout")
    took_s = looks[-1].done_s - asked_s
    print(f"\nthe chief's key → the post's screen, its camera playing: {took_s:.2f} s (goal {GOAL_S:g} s)")
    stage.shot("under-remote-control")
    assert took_s <= GOAL_S + SPARE_S, f"goal: {GOAL_S:g} s; measured: {took_s:.2f} s"


def test_the_chief_sees_that_it_is_on_the_wall(stage: Stage) -> None:
    until(
        lambda: [line["detail"]["event"] for line in stage.chief.journal] == ["ordered"], what="the chief's entry"
    )
    reported = _reported(stage)
    until(
        lambda: reported()["applied_state"] == "applied" and reported()["applied_revision"] == 1, what="the report"
    )
    stage.shot("chief-sees-it")


def test_the_officer_cannot_change_it_and_releases_it_with_a_key(stage: Stage) -> None:
    stage.post.press("alt+3")
    time.sleep(0.5)
    assert stage.has_banner and _plays(stage.directed.look()), "the layout is not the officer's to change"
    stage.shot("release-it-first")
    asked_s = time.monotonic()
    stage.post.press("ctrl+shift+BackSpace")
    looks = stage.free.watch(lambda looks: _plays(looks[-1]) and not stage.has_banner, what="the officer's four")
    print(f"\nthe officer's key → all four cameras back: {looks[-1].done_s - asked_s:.2f} s")
    reported = _reported(stage)
    until(lambda: reported()["applied_state"] == "released", what="the report of the release")
    stage.shot("released")


def test_both_journals_verify_and_agree(stage: Stage) -> None:
    ordered = stage.chief.journal[0]["detail"]
    begun, released = (line["detail"] for line in stage.post.journal)
    assert [begun["event"], released["event"]] == ["begun", "released"]
    assert begun["revision"] == released["revision"] == ordered["revision"] == 1
    assert begun["layout"] == ordered["layout"] and begun["monitor"] == ordered["monitor"]
    assert begun["by"] == stage.chief.journal[0]["officer_id"], "the chief whom the post names signed the order"
    assert stage.post.journal[1]["officer_id"] != begun["by"], "the officer on duty released it"
    for seat in (stage.chief, stage.post):
        ended = seat.product.end()
        assert ended.code in (0, 3) and "Traceback" not in ended.errors, ended.errors
        assert verify(seat.journal_folder).entries > 0


def _reported(stage: Stage) -> Callable[[], dict[str, Any]]:
    """What the registry has of the post's wall."""

    def last() -> dict[str, Any]:
        with closing(sqlite3.connect(stage.registry)) as database:
            query = "select walls.record from walls join posts on posts.id = walls.post_id where posts.name = ?"
            (record,) = database.execute(query, (POST_NAME,)).fetchone()
        return dict(json.loads(record))

    return last
