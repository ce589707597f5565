"""The badge of a running tour: what it says, where it lies, and that nothing of it is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.console.touring import TourEvent, TourNotice
from app.core.salvo import SalvoPlan
from app.core.tour import Hold, TourStatus
from tests.fakes.fake_console import a_console
from tests.ui.conftest import WindowMaker
from ui.theme import Theme
from ui.tour_badge import HEIGHT_PX, LOW_HEIGHT_PX, MARGIN_PX, TourBadge, bars_of
from ui.tour_texts import notice_sentence, salvo_sentence

RUNNING = TourStatus("Pasar malam", 2, 5, left_s=11.2, dwell_s=15.0)
GREY = QImage.Format.Format_Grayscale8
LONG_NAME = "Simpang Harmoni dan Pasar Tanah Abang, semua pintu sebelah"


def status(hold: Hold | None = None, name: str = "Pasar malam", left_s: float = 11.2) -> TourStatus:
    return TourStatus(name, 2, 5, left_s, 15.0, hold)


@pytest.fixture
def view(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


@pytest.fixture
def badge(theme: Theme, view: QWidget) -> TourBadge:
    return TourBadge(theme, lambda command: "Space" if command == "tour-pause" else "", view)


def test_it_is_there_only_while_a_tour_runs(badge: TourBadge) -> None:
    assert badge.isHidden()
    badge.show_status(RUNNING)
    assert badge.isVisible()
    badge.show_status(None)
    assert badge.isHidden()


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (RUNNING, "Step 2 of 5  ·  12 s"),
        (TourStatus("", 9, None, 4.2, 15.0), "Least recently seen  ·  5 s"),
        (status(Hold.BY_HAND), "PAUSED  ·  Space: go on"),
        (status(Hold.BY_CHANGE), "PAUSED  ·  you changed the wall  ·  Space: go on"),
        (status(Hold.MAXIMISED), "PAUSED  ·  until the layout is back"),
        (status(Hold.AWAY), "PAUSED  ·  until the monitor is back"),
    ],
)
def test_it_says_where_the_tour_is_and_what_holds_it(badge: TourBadge, shown: TourStatus, words: str) -> None:
    badge.show_status(shown)
    assert badge.accessibleName() == f"Tour {shown.name or 'Coverage'}"
    assert badge.accessibleDescription() == words


def test_where_no_key_lets_it_go_on_none_is_promised(theme: Theme, view: QWidget) -> None:
    badge = TourBadge(theme, lambda _: "", view)
    badge.show_status(status(Hold.BY_HAND))
    assert badge.accessibleDescription() == "PAUSED"


def test_it_lies_in_the_corner_whatever_it_says(badge: TourBadge, view: QWidget) -> None:
    for shown in (RUNNING, status(Hold.BY_CHANGE, LONG_NAME), status(left_s=1.0)):
        badge.show_status(shown)
        assert badge.geometry().bottomRight() == view.rect().bottomRight() - QPoint(MARGIN_PX, MARGIN_PX)
    view.resize(400, 300)
    badge.show_status(RUNNING)
    assert badge.geometry().right() == 400 - 1 - MARGIN_PX


@pytest.mark.parametrize("width_px", [320, 900])
@pytest.mark.parametrize("bars", [(), (QRect(0, 450, 900, 12),)])
def test_a_long_name_is_cut_off_within_the_wall(
    badge: TourBadge, view: QWidget, width_px: int, bars: tuple[QRect, ...]
) -> None:
    view.resize(width_px, 500)
    badge.show_status(status(Hold.BY_CHANGE, LONG_NAME), bars)
    assert view.rect().contains(badge.geometry())


def test_over_low_tiles_it_is_low_and_covers_no_bar(badge: TourBadge) -> None:
    badge.show_status(RUNNING)
    assert badge.height() == HEIGHT_PX
    bar = QRect(0, 450, 900, 12)
    badge.show_status(status(Hold.BY_HAND), [bar])
    assert badge.height() == LOW_HEIGHT_PX and not badge.geometry().intersects(bar)
    assert badge.accessibleDescription() == "PAUSED", "one line has no room for more"


def test_it_takes_no_mouse_and_no_focus(badge: TourBadge) -> None:
    assert badge.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert badge.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_it_is_drawn_anew_only_when_it_says_something_else(badge: TourBadge) -> None:
    badge.show_status(status(left_s=11.20))
    before = badge.grab().toImage()
    badge.show_status(status(left_s=11.19))
    assert badge.grab().toImage() == before
    badge.show_status(status(left_s=6.0))
    assert badge.grab().toImage() != before


def test_paused_looks_different_also_without_colour(badge: TourBadge) -> None:
    badge.show_status(RUNNING)
    running = badge.grab(QRect(0, 0, 48, HEIGHT_PX)).toImage().convertToFormat(GREY)
    badge.show_status(status(Hold.BY_HAND))
    assert badge.grab(QRect(0, 0, 48, HEIGHT_PX)).toImage().convertToFormat(GREY) != running


@pytest.mark.parametrize("layout", ["1", "4", "9", "16", "36", "64"])
def test_on_a_wall_it_never_covers_a_tiles_bar(make_window: WindowMaker, theme: Theme, layout: str) -> None:
    window = make_window(a_console(layout, tiles=1))
    badge = TourBadge(theme, lambda _: "Space", window.view)
    bars = bars_of(window.view)
    badge.show_status(status(Hold.BY_CHANGE, LONG_NAME), bars)
    assert len(bars) == int(layout)
    assert not any(bar.intersects(badge.geometry()) for bar in bars)


# ---- sentences


@pytest.mark.parametrize(
    ("notice", "sentence"),
    [
        (
            TourNotice(1, "Pagi", TourEvent.PAUSED),
            "You changed what the monitor shows: the tour Pagi is paused.",
        ),
        (TourNotice(1, "", TourEvent.PAUSED), "You changed what the monitor shows: the coverage tour is paused."),
        (
            TourNotice(1, "Pagi", TourEvent.SKIPPED),
            "A step of the tour Pagi is left out: its saved layout is not there any more.",
        ),
        (
            TourNotice(2, "Pagi", TourEvent.ENDED),
            "Nothing of the tour Pagi can be shown any more: it has ended.",
        ),
    ],
)
def test_what_happens_to_a_tour_is_told_in_a_sentence(notice: TourNotice, sentence: str) -> None:
    assert notice_sentence(notice) == sentence


def test_what_of_a_salvo_is_not_there_is_told() -> None:
    assert salvo_sentence(SalvoPlan(())) == ""
    plan = SalvoPlan((), absent=(3, 4), unknown=("Stasiun",))
    assert salvo_sentence(plan) == "Not there: monitor 3, 4. The saved layout Stasiun is not there any more."
