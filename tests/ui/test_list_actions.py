"""A camera list that is held back: IT agrees to it in the window, and nobody else does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.command_table import Need
from app.core.duty import Officer, Role
from app.core.model import HeldList
from tests.ui.conftest import WindowMaker
from tests.ui.duty_post import SARI, Post
from tests.ui.typing_keys import press, write
from ui.command_texts import need_sentence

KEY = Qt.Key
HELD = HeldList(listed=40, known=100)
IT = Officer("id-it", "88090633", "Rizky", Role.IT)


@pytest.fixture
def post(make_window: WindowMaker) -> Post:
    """A post whose registry has lost most of its cameras."""
    post = Post(make_window)
    hold(post, HELD)
    return post


def hold(post: Post, held: HeldList | None) -> None:
    """The registry's list is that one, and it is held back."""
    post.console.registry = replace(post.console.registry, held=held)
    post.tick()


def said(post: Post) -> str:
    return post.window.tray.message.text()


def test_it_agrees_on_a_page_that_says_what_it_means(post: Post) -> None:
    post.begin(IT)
    post.window.run("accept-list")
    page = post.window.pages.ask
    assert page.isVisible()
    assert page.title.text() == "Use the list of 40 cameras instead of 100? The others leave this wall."
    press(KEY.Key_Return)
    assert post.console.lists_accepted == [], "Enter alone agrees to nothing"
    post.window.run("accept-list")
    page.yes.click()
    assert post.console.lists_accepted == [HELD] and not page.isVisible()
    assert said(post) == "The list of 40 cameras comes soon."


def test_the_palette_finds_it_where_a_list_is_held_back(post: Post) -> None:
    post.begin(IT)
    post.window.run("palette")
    write("shorter camera list")
    press(KEY.Key_Return)
    assert post.window.pages.ask.isVisible()


@pytest.mark.parametrize("officer", [SARI, replace(SARI, role=Role.CHIEF)], ids=["officer", "chief"])
def test_nobody_else_is_asked(post: Post, officer: Officer) -> None:
    post.begin(officer)
    post.window.run("accept-list")
    assert not post.window.pages.is_open
    assert said(post) == "Only IT agrees to a shorter camera list: sign in as IT."


def test_where_none_is_held_back_it_is_said(post: Post) -> None:
    hold(post, None)
    post.begin(IT)
    post.window.run("accept-list")
    assert said(post) == need_sentence(Need.HELD_LIST) == "No camera list is held back."


def test_a_yes_to_a_list_that_has_changed_meanwhile_is_asked_for_again(post: Post) -> None:
    post.begin(IT)
    post.window.run("accept-list")
    hold(post, HeldList(listed=3, known=100))
    page = post.window.pages.ask
    page.yes.click()
    assert post.console.lists_accepted == [] and page.isVisible()
    assert page.problem.text() == "The registry has another list by now: ask again."


def test_at_locked_controls_it_is_not_asked(post: Post) -> None:
    post.window.run("accept-list")
    assert post.duty.isVisible() and not post.window.pages.ask.isVisible()
