"""Walls of posts: what they are called, and when they count as lost."""

from __future__ import annotations

from app.core.posts import LOST_AFTER_S, PostWall
from app.core.remote import WallReport


def test_a_wall_is_called_by_its_post_and_by_a_name_of_its_own() -> None:
    wall = PostWall("post_1", "Pos Harmoni", "", 1, WallReport(), told_s=100.0)
    assert wall.title == "Pos Harmoni"
    assert (
        PostWall("post_1.2", "Pos Harmoni", "Dinding 2", 1, WallReport(), 100.0).title == "Pos Harmoni · Dinding 2"
    )


def test_a_wall_that_has_not_reported_for_long_counts_as_lost() -> None:
    wall = PostWall("post_1", "Pos Harmoni", "", 1, WallReport(), told_s=100.0)
    assert wall.age_s(99.0) == 0.0 and wall.age_s(130.0) == 30.0
    assert not wall.is_lost(100.0 + LOST_AFTER_S - 0.1) and wall.is_lost(100.0 + LOST_AFTER_S)
