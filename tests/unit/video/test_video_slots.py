"""Picture slots: what one process writes another reads, whole; and nothing of them outlives their users."""

from __future__ import annotations

import gc
import mmap
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import VideoError
from app.core.lights import Lights
from app.core.ports import Picture
from app.video.slots import BUFFERS, HEADER_BYTES, ReadSlot, SlotMaker, WriteSlot
from tests.support import slot_writer
from tests.support.product import shared_memory
from tests.waiting import until

SIZE_PX = (64, 36)
SEQUENCE_WORD, SHAPE_WORD = 1, 15
"""Positions in the header: of the sequence, and of the first buffer's shape."""
ENDS_WITHIN_S = 10.0
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="anonymous memory files")


@pytest.fixture
def slot() -> Iterator[ReadSlot]:
    with closing(SlotMaker().new(*SIZE_PX)) as made:
        yield made


def publish(writer: WriteSlot, value: int, width_px: int, height_px: int, stride_bytes: int | None = None) -> None:
    """A picture of one value, its own timestamp too."""
    stride = stride_bytes or width_px * 4
    writer.publish(memoryview(bytes([value]) * stride * height_px), width_px, height_px, stride)
    writer.count_picture(value, value)


def values(picture: Picture) -> set[int]:
    """Which bytes the visible part of a picture consists of."""
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height_px, picture.stride_bytes)
    return set(np.unique(rows[:, : picture.width_px * 4]).tolist())


# --- one writer, one reader ---


def test_new_slot_shows_nothing(slot: ReadSlot) -> None:
    assert slot.sequence() == 0
    assert slot.picture() is None
    assert slot.lights(0) == slot.lights(1) == Lights()


def test_published_picture_is_read_whole(slot: ReadSlot) -> None:
    writer = WriteSlot(slot.handle, *SIZE_PX, 1)
    publish(writer, 7, *SIZE_PX)
    picture = slot.picture()
    assert picture is not None
    assert (picture.width_px, picture.height_px) == SIZE_PX
    assert values(picture) == {7}


@given(
    slot_px=st.tuples(st.integers(2, 200), st.integers(2, 120)),
    share=st.tuples(st.floats(0.01, 1.0), st.floats(0.01, 1.0)),
    count=st.integers(1, 7),
)
@settings(max_examples=40, deadline=None)
def test_any_picture_that_fits_comes_back(
    slot_px: tuple[int, int], share: tuple[float, float], count: int
) -> None:
    width_px, height_px = (max(1, int(size * part)) for size, part in zip(slot_px, share, strict=True))
    with closing(SlotMaker().new(*slot_px)) as slot:
        writer = WriteSlot(slot.handle, *slot_px, 1)
        for value in range(1, count + 1):
            publish(writer, value, width_px, height_px)
            picture = slot.picture()
            assert picture is not None
            assert (picture.width_px, picture.height_px) == (width_px, height_px)
            assert values(picture) == {value}


def test_every_picture_changes_the_sequence_and_the_buffers_take_turns(slot: ReadSlot) -> None:
    writer = WriteSlot(slot.handle, *SIZE_PX, 1)
    seen: list[Picture] = []
    for value in range(1, 2 * BUFFERS + 1):
        publish(writer, value, *SIZE_PX)
        picture = slot.picture()
        assert picture is not None
        assert picture.sequence == slot.sequence()
        seen.append(picture)
    assert len({picture.sequence for picture in seen}) == 2 * BUFFERS
    assert {picture.buffer for picture in seen} == set(range(BUFFERS))
    assert values(seen[-2]) == {2 * BUFFERS - 1}, "the one before the last is still whole"


def test_counters_say_what_was_counted(slot: ReadSlot) -> None:
    writer = WriteSlot(slot.handle, *SIZE_PX, 3)
    writer.count_packet(1000, 1_500_000_000)
    writer.count_packet(500, 2_500_000_000)
    writer.count_picture(-40_000, 3_000_000_000, pictures=4)
    assert slot.lights(3) == Lights(2, 1500, 4, -40_000, 2.5, 3.0)


def test_counters_of_another_open_are_not_shown(slot: ReadSlot) -> None:
    WriteSlot(slot.handle, *SIZE_PX, 3).count_packet(1000, 1)
    assert slot.lights(2) == slot.lights(4) == Lights()


def test_next_open_counts_from_zero_and_keeps_the_picture(slot: ReadSlot) -> None:
    publish(WriteSlot(slot.handle, *SIZE_PX, 1), 9, *SIZE_PX)
    sequence = slot.sequence()
    WriteSlot(slot.handle, *SIZE_PX, 2)
    picture = slot.picture()
    assert picture is not None and values(picture) == {9}
    assert slot.sequence() == sequence
    assert slot.lights(2) == slot.lights(1) == Lights()


def test_slot_without_size_holds_counters_only() -> None:
    with closing(SlotMaker().new(0, 0)) as slot:
        writer = WriteSlot(slot.handle, 0, 0, 1)
        writer.count_picture(1, 1)
        assert slot.lights(1).pictures == 1
        assert slot.picture() is None
        with pytest.raises(ValueError, match="pixels for"):
            publish(writer, 1, 2, 2)


@pytest.mark.parametrize(("width_px", "height_px"), [(66, 36), (64, 38), (4096, 2), (2, 4096)])
def test_picture_larger_than_its_slot_is_refused(slot: ReadSlot, width_px: int, height_px: int) -> None:
    writer = WriteSlot(slot.handle, *SIZE_PX, 1)
    publish(writer, 5, *SIZE_PX)
    with pytest.raises(ValueError, match="pixels for"):
        publish(writer, 6, width_px, height_px)
    picture = slot.picture()
    assert picture is not None and values(picture) == {5}


def test_rows_padded_beyond_the_slot_are_refused(slot: ReadSlot) -> None:
    writer = WriteSlot(slot.handle, *SIZE_PX, 1)
    with pytest.raises(ValueError):
        publish(writer, 6, *SIZE_PX, stride_bytes=1024)
    assert slot.picture() is None


def test_picture_that_is_still_held_survives_the_close() -> None:
    slot = SlotMaker().new(*SIZE_PX)
    publish(WriteSlot(slot.handle, *SIZE_PX, 1), 8, *SIZE_PX)
    picture = slot.picture()
    slot.close()
    del slot
    gc.collect()
    assert picture is not None and values(picture) == {8}


# --- nonsense from a host ---


def shape(width_px: int, height_px: int, stride_bytes: int) -> int:
    """The word of a buffer's shape."""
    return width_px | height_px << 16 | stride_bytes << 32


def write_words(slot: ReadSlot, words: Mapping[int, int]) -> None:
    """Write words into a slot's header, by position, as a host could."""
    with Path(slot.handle.partition("#")[0]).open("r+b") as file, mmap.mmap(file.fileno(), HEADER_BYTES) as header:
        for position, word in words.items():
            struct.pack_into("=Q", header, position * 8, word)


@linux_only
@pytest.mark.parametrize(
    ("sequence", "word"),
    [
        (7, shape(64, 36, 256)),  # a fourth buffer
        (4, shape(4000, 4000, 16_000)),
        (4, shape(64, 37, 256)),
        (4, shape(64, 2, 255)),
        (4, shape(64, 2, 258)),  # rows that do not begin where a pixel may
        (4, shape(0xFFFF, 1, 0)),
        (4, shape(0, 36, 256)),
        (4, shape(64, 0, 256)),
    ],
)
def test_picture_that_cannot_be_is_not_shown(slot: ReadSlot, sequence: int, word: int) -> None:
    """The window would read beyond the slot for it, or stumble."""
    publish(WriteSlot(slot.handle, *SIZE_PX, 1), 5, *SIZE_PX)
    write_words(slot, {SHAPE_WORD: word, SEQUENCE_WORD: sequence})
    assert slot.picture() is None
    write_words(slot, {SHAPE_WORD: shape(64, 36, 256), SEQUENCE_WORD: 4})
    assert slot.picture() is not None, "nonsense is over when it is over"


@linux_only
def test_slot_of_counters_has_no_picture_whatever_is_written_there() -> None:
    with closing(SlotMaker().new(0, 0)) as slot:
        write_words(slot, {SHAPE_WORD: shape(64, 36, 256), SEQUENCE_WORD: 4})
        assert slot.picture() is None


# --- handles ---


@pytest.mark.parametrize(
    "handle", ["", "/no/such/slot", "/proc/1/fd/0#pantau-1", "/dev/zero", "/dev/null#pantau-1"]
)
def test_what_names_no_slot_is_refused(handle: str) -> None:
    with pytest.raises(VideoError):
        WriteSlot(handle, *SIZE_PX, 1)


def test_handle_is_gone_after_the_close() -> None:
    slot = SlotMaker().new(*SIZE_PX)
    slot.close()
    with pytest.raises(VideoError):
        WriteSlot(slot.handle, *SIZE_PX, 1)


def test_second_close_does_nothing(slot: ReadSlot) -> None:
    slot.close()
    slot.close()


@linux_only
def test_late_handle_never_reaches_the_file_that_has_its_number_now() -> None:
    """A closed descriptor's number is given away again, perhaps to the cache of cameras."""
    slot = SlotMaker().new(*SIZE_PX)
    number = int(slot.handle.rpartition("/")[2].partition("#")[0])
    slot.close()
    with tempfile.TemporaryFile() as file:
        content = b"precious" * 8192
        file.write(content)
        file.flush()
        assert file.fileno() == number, "the number is given away again"
        with pytest.raises(VideoError):
            WriteSlot(slot.handle, *SIZE_PX, 1)
        file.seek(0)
        assert file.read() == content


@linux_only
def test_late_handle_never_reaches_the_next_slot() -> None:
    maker = SlotMaker()
    first = maker.new(*SIZE_PX)
    first.close()
    with closing(maker.new(*SIZE_PX)) as second:
        assert second.handle.partition("#")[0] == first.handle.partition("#")[0], "the number is given away again"
        with pytest.raises(VideoError):
            WriteSlot(first.handle, *SIZE_PX, 1)


def test_slot_of_another_size_is_refused(slot: ReadSlot) -> None:
    with pytest.raises(VideoError):
        WriteSlot(slot.handle, 4 * SIZE_PX[0], 4 * SIZE_PX[1], 1)


# --- two processes ---


@contextmanager
def writing(slot: ReadSlot, pictures: int, interval_s: float = 0.0) -> Iterator[subprocess.Popen[str]]:
    """A process that writes into a slot; it has attached when this is entered."""
    arguments = [slot.handle, *map(str, (*SIZE_PX, pictures, interval_s))]
    argv = [sys.executable, "-m", slot_writer.__name__, *arguments]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "attached\n"
        yield process
        process.communicate(timeout=ENDS_WITHIN_S)


def test_reader_within_two_intervals_never_sees_a_torn_picture(slot: ReadSlot) -> None:
    whole = 0
    pictures = 1500
    with writing(slot, pictures, interval_s=0.001):
        numbers: list[int] = []
        while not numbers or numbers[-1] < pictures:
            picture = until(slot.picture, step_s=0.001)
            assert picture is not None
            copy = np.frombuffer(bytes(picture.pixels), np.uint32)
            if (slot.sequence() >> 2) - (picture.sequence >> 2) > 1:
                continue  # this reader was slower than it may be
            found = np.unique(copy)
            assert found.size == 1, f"parts of pictures {found}"
            numbers.append(int(found[0]))
            whole += 1
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > pictures / 100


def test_counters_cross_the_border_too(slot: ReadSlot) -> None:
    with writing(slot, 5):
        until(lambda: slot.lights(slot_writer.GENERATION).pictures == 5)
        assert slot.lights(slot_writer.GENERATION).pts_us == 5


@linux_only
def test_killed_writer_leaves_the_last_picture_and_nothing_else(slot: ReadSlot) -> None:
    before = _left_over()
    with writing(slot, 3) as process:
        until(lambda: slot.lights(slot_writer.GENERATION).pictures == 3)
        process.send_signal(signal.SIGKILL)
        process.wait(ENDS_WITHIN_S)
    picture = slot.picture()
    assert picture is not None
    assert set(np.frombuffer(picture.pixels, np.uint32).tolist()) == {3}
    assert _left_over() == before


@linux_only
def test_killed_owner_leaves_nothing_and_does_not_disturb_the_writer() -> None:
    before = _left_over()
    script = (
        "import sys; from app.video.slots import SlotMaker; slot = SlotMaker().new(64, 36);"
        " print(slot.handle, flush=True); sys.stdin.read()"
    )
    argv = [sys.executable, "-c", script]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        writer = WriteSlot(owner.stdout.readline().strip(), *SIZE_PX, 1)
        publish(writer, 1, *SIZE_PX)
        owner.kill()
        owner.wait(ENDS_WITHIN_S)
    publish(writer, 2, *SIZE_PX)
    del writer
    assert _left_over() == before


@linux_only
def test_slots_that_come_and_go_leave_no_descriptor() -> None:
    before = _left_over()
    maker = SlotMaker()
    for value in range(1, 50):
        slot = maker.new(*SIZE_PX)
        publish(WriteSlot(slot.handle, *SIZE_PX, 1), value, *SIZE_PX)
        slot.close()
    del slot
    assert _left_over() == before


def _left_over() -> tuple[set[str], int]:
    """What could be ours in the shared memory folder, and how many descriptors this process has."""
    gc.collect()
    return shared_memory(), psutil.Process().num_fds()
