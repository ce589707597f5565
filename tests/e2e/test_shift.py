"""An officer's shift with real keys: in, locked, on without the registry, off; and what is written down of it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.core.layout import uniform_layout
from tests.support.canary import found_in_files
from tests.support.central import Central, entries_on_this_pc, kinds, running_central, with_keyring
from tests.support.product import Product, run_product, running_product
from tests.support.wall_eye import WallEye, WallPlace, save
from tests.support.wall_hands import WallHands
from tests.waiting import until
from tests.xdisplay import open_display

SIZE_PX = (1280, 720)
SARI, SARIS_PIN = "86040317", "204817"
DIMAS, DIMAS_PIN = "91110562", "731946"
"""Officers of the reference registry's demo (README)."""
UNKNOWN = "99999999"


@dataclass
class Post:
    """A post's wall on a screen, and an officer before it."""

    folder: Path
    central: Central
    product: Product
    eye: WallEye
    hands: WallHands
    shots: int = field(default=0)

    def entries(self, kind: str) -> list[dict[str, object]]:
        """What was written down of a kind."""
        return [entry for entry in entries_on_this_pc(self.folder) if entry["kind"] == kind]

    def await_entry(self, kind: str, count: int) -> dict[str, object]:
        """The so manieth entry of a kind, as soon as it is there."""
        until(lambda: len(self.entries(kind)) >= count, what=f"{kind} number {count} in the journal")
        return self.entries(kind)[count - 1]

    def sign_in(self, number: str, pin: str) -> None:
        """Type a number and a PIN at the page of shifts."""
        self.hands.press("F8")
        self.hands.type(number)
        self.hands.press("Return")
        self.hands.type(pin)
        self.hands.press("Return")

    def shot(self, name: str) -> None:
        """Keep a picture of the screen."""
        self.shots += 1
        save(self.eye.pixels(), self.folder / f"{self.shots}-{name}.png")

    def all_live(self) -> bool:
        """Whether both cameras are seen to play."""
        return all(tile.frame is not None for tile in self.eye.look().tiles[:2])


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """A post of two cameras that has just enrolled."""
    with running_central(tmp_path / "central") as central, open_display(*SIZE_PX) as display:
        words = ["run", "--registry", central.url, "--enrol", central.enrolment_code, "--tiles", "2"]
        words += ["--layout", "4", "--no-panel", "--size", f"{SIZE_PX[0]}x{SIZE_PX[1]}"]
        with running_product(tmp_path, words, display, with_keyring(tmp_path)) as product:
            eye = WallEye(display, WallPlace(*SIZE_PX, uniform_layout(4), has_panel=False))
            post = Post(tmp_path, central, product, eye, WallHands(display))
            until(lambda: post.entries("views-changed"), what="the first pictures")
            try:
                yield post
            finally:
                post.shot("at-the-end")


def test_a_shift_goes_on_without_the_registry_and_everything_is_written_down(post: Post) -> None:
    post.hands.press("Right")  # any key at closed controls asks who it is
    post.shot("who-is-it")
    post.hands.press("Escape")

    post.sign_in(SARI, DIMAS_PIN)
    refused = post.await_entry("sign-in-refused", 1)
    assert refused["detail"] == {"reason": "sign-in-refused"}
    post.shot("refused")
    post.hands.type(SARIS_PIN)
    post.hands.press("Return")
    started = post.await_entry("shift-started", 1)
    assert started["detail"] == {"role": "officer", "offline": False, "handover": False}
    assert started["officer_id"]

    post.hands.press("F9")
    post.await_entry("locked", 1)
    post.shot("locked")
    post.hands.type(SARIS_PIN)
    post.hands.press("Return")
    post.await_entry("unlocked", 1)

    post.central.product.process.send_signal(signal.SIGKILL)
    post.central.product.process.wait()
    post.hands.press("F9")
    post.await_entry("locked", 2)
    post.hands.type(SARIS_PIN)
    post.hands.press("Return")
    assert post.await_entry("unlocked", 2)["officer_id"] == started["officer_id"]
    until(post.all_live, what="both cameras after the registry was killed")

    post.hands.press("shift+F8", "Tab", "Return")
    ended = post.await_entry("shift-ended", 1)
    assert (ended["detail"], ended["officer_id"]) == ({"reason": "signed-off"}, started["officer_id"])
    post.sign_in(SARI, SARIS_PIN)
    offline = post.await_entry("shift-started", 2)
    assert offline["detail"] == {"role": "officer", "offline": True, "handover": False}

    post.hands.press("shift+F8", "Tab", "Return")
    post.await_entry("shift-ended", 2)
    post.sign_in(UNKNOWN, SARIS_PIN)
    assert post.await_entry("sign-in-refused", 2)["detail"] == {"reason": "unknown-here"}
    post.shot("nobody-can-be-asked")
    post.hands.press("Escape")
    until(post.all_live, what="both cameras: the wall never depends on who is on duty")

    post.product.end()
    verified = run_product(post.folder, ["audit", "verify"])
    assert (verified.code, verified.errors) == (0, "")
    typed = [f'"{text}"' for text in (SARIS_PIN, DIMAS_PIN, UNKNOWN)]  # bare digits may be a part of any hash
    for folder in ("home", "run", "tmp"):
        assert not found_in_files(typed, post.folder / folder)


def test_the_next_officer_takes_over_and_the_registry_keeps_the_list(post: Post) -> None:
    post.sign_in(SARI, SARIS_PIN)
    post.await_entry("shift-started", 1)
    post.hands.press("Right", "n")
    post.hands.type("Truk mogok")
    post.hands.press("Return")
    assert post.await_entry("incident", 1)["detail"] == {"what": "opened", "text": "Truk mogok"}
    post.hands.press("ctrl+F8")
    post.shot("handover")
    post.hands.type(DIMAS)
    post.hands.press("Return")
    post.hands.type(DIMAS_PIN)
    post.hands.press("Return")
    taken = post.await_entry("shift-started", 2)
    assert taken["detail"] == {"role": "officer", "offline": False, "handover": True}
    assert post.await_entry("shift-ended", 1)["detail"] == {"reason": "handed-over"}
    until(lambda: kinds(post.central.entries()).count("shift-started") == 2, what="both shifts at the registry")
    here, there = entries_on_this_pc(post.folder), post.central.entries()
    assert here[: len(there)] == there
