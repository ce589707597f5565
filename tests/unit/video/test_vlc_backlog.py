"""What libVLC has not shown yet, by counts alone."""

from __future__ import annotations

import pytest

from app.video.engines.vlc_backlog import (
    DECODED_WITHIN_S,
    STEADY_WINDOW_S,
    Backlog,
    DecodedCount,
    Painting,
    Recent,
)

FPS = 15


class Player:
    """A libVLC that is fed at a camera's pace and decodes what the test says."""

    def __init__(self, fps: int = FPS) -> None:
        self.fps = fps
        self.backlog = Backlog()
        self.now_s = 100.0
        self.done = self.lost = 0

    def play(self, packets: int, decoded: int) -> float:
        """Feed so many packets, of which so many are decoded at once; what waits in the end."""
        waiting_s = 0.0
        for number in range(packets):
            self.now_s += 1 / self.fps
            self.backlog.add(self.now_s)
            self.done += number < decoded
            waiting_s = self.backlog.waiting_s(self.done, self.lost, self.now_s)
        return waiting_s


@pytest.fixture
def player() -> Player:
    """Has played for a while, all well."""
    player = Player()
    assert player.play(10 * FPS, 10 * FPS) == 0.0
    return player


def test_what_is_not_decoded_waits_from_its_own_packet_on(player: Player) -> None:
    assert player.play(FPS, 0) == pytest.approx(1.0, abs=1.5 / FPS)
    player.done += FPS
    assert player.backlog.waiting_s(player.done, player.lost, player.now_s) == 0.0


def test_a_decoder_that_falls_behind_is_seen_to(player: Player) -> None:
    assert player.play(3 * FPS, FPS) == pytest.approx(2.0, abs=1.5 / FPS)


def test_what_still_waits_to_be_fetched_was_not_skipped(player: Player) -> None:
    assert player.play(2 * FPS, FPS) > 0.9
    player.play(8 * FPS, 8 * FPS)
    assert player.backlog.waiting_s(player.done, player.lost, player.now_s) == 0.0
    assert player.backlog.waiting_s(player.done, player.lost, player.now_s, queued_s=0.9) == 0.9


def test_what_is_never_decoded_is_no_backlog_in_the_end(player: Player) -> None:
    player.play(FPS, 0)
    assert player.play(FPS, FPS) > 0.9
    player.play(int(2 * DECODED_WITHIN_S * FPS), int(2 * DECODED_WITHIN_S * FPS))
    assert player.play(1, 1) == 0.0


def test_what_stays_missing_while_nothing_is_lost_was_skipped(player: Player) -> None:
    assert player.play(2 * FPS, FPS) > 0.9
    soon = int(STEADY_WINDOW_S * FPS)
    assert player.play(soon, soon) > 0.9, "it may be decoded yet"
    player.play(2 * soon + 1, 2 * soon + 1)
    assert player.play(1, 1) == 0.0


def test_while_pictures_are_lost_what_is_missing_is_a_backlog(player: Player) -> None:
    player.play(FPS, 0)
    for _ in range(6):
        player.lost += 1
        assert player.play(FPS // 3, FPS // 3) > 0.9


def test_a_backlog_that_grows_after_a_burst_is_counted(player: Player) -> None:
    player.play(FPS, 0)
    player.play(3 * FPS, 3 * FPS)
    assert player.play(2 * FPS, 0) == pytest.approx(2.0, abs=1.5 / FPS)


def test_what_was_taken_for_skipped_and_is_decoded_after_all_hides_no_later_backlog(player: Player) -> None:
    player.play(FPS, 0)
    player.play(3 * FPS, 3 * FPS)
    player.done += FPS
    assert player.play(1, 1) == 0.0
    assert player.play(FPS, 0) == pytest.approx(1.0, abs=1.5 / FPS)


@pytest.mark.parametrize("fps", [2, FPS])
def test_a_decoder_at_half_the_pace_is_never_taken_for_one_that_skips(fps: int) -> None:
    player = Player(fps)
    player.play(10 * fps, 10 * fps)
    behind_s = [player.play(2, 1) for _ in range(3 * fps)]
    assert behind_s[-1] == pytest.approx(3.0, abs=0.5 + 1 / fps)


def test_a_recent_extreme_is_kept_for_one_window_and_two_at_most() -> None:
    worst = Recent(max, 1.0)
    assert worst.take(5, 10.0) == 5
    assert worst.take(1, 10.9) == 5
    assert worst.take(1, 11.5) == 5
    assert worst.take(2, 12.6) == 2


def test_a_picture_counts_when_something_is_painted() -> None:
    painting = Painting()
    assert painting.take(0, 10.0) == 0.0, "the first one, as soon as it is decoded"
    assert painting.take(0, 10.1) is None
    assert painting.take(4, 10.2) == pytest.approx(0.1)
    assert painting.take(8, 10.4) == 0.0


def test_an_output_that_was_held_up_says_for_how_long() -> None:
    painting = Painting()
    painting.take(4, 10.0)
    assert [painting.take(4, now_s) for now_s in (10.2, 10.9, 12.0)] == [None] * 3
    assert painting.take(5, 12.2) == pytest.approx(2.0)
    assert painting.take(6, 12.3) == 0.0, "it is not held up any more"


def test_a_libvlc_that_counts_twice_is_known_from_then_on() -> None:
    count = DecodedCount()
    assert [count.of(4, 10), count.of(10, 10)] == [4, 10]
    assert count.of(24, 12) == 12
    assert count.of(4, 10) == 2, "of the next player, too, though that is far behind"
