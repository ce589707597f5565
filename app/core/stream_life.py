"""A stream's life: one pure transition table, `advance(stream, event, now_s) → (stream, effects)`.

    IDLE → CONNECTING → PLAYING ⇄ STALLED → CLOSING → BACKOFF → CONNECTING

A stream opens under a `generation`; an event of an older generation changes nothing. PLAYING is reached and kept
only by `Progress`, which the console derives from packets, decoded pictures and timestamps (`lights.py`), never
from what a player says of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from app.core.backoff import RETRY, RetryClass, retry_delay_s
from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S

CONNECT_LIMIT_S = 14.0
"""From the open to the first picture, at least; covers a 10 s group of pictures and `CONNECT_SPARE_S`."""
CONNECT_SPARE_S = 4.0
"""Beyond a group of pictures, at whose beginning a relay may just be: the ingest's own 3 s, and the decoder's."""
LONGEST_CONNECT_S = 60.0
"""However rarely a camera sends key frames: an officer is told in between that it shows nothing."""
CLOSE_LIMIT_S = 5.0
"""For a host to acknowledge a close, at least. One that is just connecting to the camera is held up for 3 s."""
CLOSE_SPARE_S = 3.0
"""Beyond the silence that a host may have to sit out: a close is taken up with a packet, or when none comes."""
STALL_LIMIT_S = 6.0
"""For a stalled stream to show a picture again by itself; its host notices missing packets sooner."""
STEADY_S = 10.0
"""After so long of play the next failure counts as a first one; sooner it is a flapping camera."""


class Life(Enum):
    """Where a stream is in its life."""

    IDLE = "idle"
    CONNECTING = "connecting"
    PLAYING = "playing"
    STALLED = "stalled"
    CLOSING = "closing"
    BACKOFF = "backoff"


class Event(Enum):
    """What can happen to a stream, without data; failures arrive as `Failed`."""

    WANTED = "wanted"
    UNWANTED = "unwanted"
    LEASED = "leased"
    PROGRESS = "progress"
    SILENCE = "silence"
    """No picture for a while, and no packet either."""
    UNDECODED = "undecoded"
    """No picture for a while, though packets come."""
    CLOSED = "closed"
    TICK = "tick"
    HURRY = "hurry"
    """What it failed by is over: it is opened anew at once, unless the wait guards a camera's account."""
    ARRIVES = "arrives"
    """What it failed by is over, and the attempt that hung in it may go on: it counts as a first one."""
    MENDED = "mended"
    """What it failed by is over (the registry has a newer password): the wait ends in any case."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The stream failed, and nothing of it is open any more (a lease refused, a host's report, a host's death)."""

    failure: Failure
    wait_s: float | None = None
    """How long to wait, where that has been known before; None for as long as the failure asks for."""
    retry: RetryClass | None = None
    """How to wait, where the failure leaves another way to the same pictures; None for its reason's own class."""


class Effect(Enum):
    """What the console has to do about a transition."""

    ASK_LEASE = "ask-lease"
    OPEN = "open"
    CLOSE = "close"
    KILL_HOST = "kill-host"


@dataclass(frozen=True, slots=True)
class StreamState:
    """A stream as the console knows it; `since_s` is when it entered its life, monotonic seconds."""

    life: Life = Life.IDLE
    generation: int = 0
    since_s: float = 0.0
    wanted: bool = False
    attempt: int = 0
    """Failures in a row."""
    spared: int = 0
    """How many of them were of another kind, and lengthen no wait of this one."""
    retry: RetryClass | None = None
    """How the last of them is waited out; None before the first."""
    failure: Failure | None = None
    """The last failure; kept while it is being mended, gone with the first picture."""
    retry_at_s: float | None = None
    connect_limit_s: float = CONNECT_LIMIT_S
    """For its first picture."""
    silence_s: float = STALE_AFTER_S
    """After how long without a packet its host gives it up; of a camera that sends few, it is long."""

    @property
    def close_limit_s(self) -> float:
        """For its host to acknowledge a close."""
        return max(CLOSE_LIMIT_S, self.silence_s + CLOSE_SPARE_S)


Step = tuple[StreamState, tuple[Effect, ...]]

_OPEN_LIVES = (Life.PLAYING, Life.STALLED)


def advance(stream: StreamState, event: Event | Failed, now_s: float, draw: float = 0.5) -> Step:
    """The stream after an event, and what has to be done. An event that means nothing here changes nothing.

    Args:
        stream: as it was.
        event: what happened to its present generation.
        now_s: monotonic seconds.
        draw: uniform in [0, 1): the jitter of a wait that begins with this event.
    """
    if isinstance(event, Failed):
        return _on_failed(stream, event, now_s, draw)
    if event is Event.CLOSED:
        return _on_closed(stream, now_s, draw)
    return _TRANSITIONS[event](stream, now_s)


def _enter(stream: StreamState, life: Life, now_s: float) -> StreamState:
    return replace(stream, life=life, since_s=now_s, retry_at_s=None)


def _connect(stream: StreamState, now_s: float) -> Step:
    """A new generation begins with the asking for a lease: whatever an older one still says is void."""
    connecting = _enter(stream, Life.CONNECTING, now_s)
    return replace(connecting, generation=stream.generation + 1), (Effect.ASK_LEASE,)


def _close(stream: StreamState, now_s: float) -> Step:
    return _enter(stream, Life.CLOSING, now_s), (Effect.CLOSE,)


def _wait(stream: StreamState, now_s: float, draw: float, known_s: float | None = None) -> Step:
    """Wait out the stream's failure."""
    assert stream.failure is not None
    attempt = stream.attempt - stream.spared
    delay_s = retry_delay_s(stream.failure, attempt, draw, stream.retry) if known_s is None else known_s
    return replace(_enter(stream, Life.BACKOFF, now_s), retry_at_s=now_s + delay_s), ()


def _on_wanted(stream: StreamState, now_s: float) -> Step:
    wanted = replace(stream, wanted=True)
    if stream.life is not Life.IDLE:
        return wanted, ()
    if is_held(stream, now_s):
        return replace(wanted, life=Life.BACKOFF, since_s=now_s), ()
    return _connect(wanted, now_s)


def patience_s(stream: StreamState, gop_s: float | None) -> float:
    """How long an open may take to its first picture: twice as long after each in a row that showed none.

    Not every group of pictures is as long as it is said to be, and one of a smart codec may be half a minute.

    Args:
        stream: that is opened now.
        gop_s: between two key frames, as the registry says; None where it does not.
    """
    known_s = max(CONNECT_LIMIT_S, (gop_s or 0.0) + CONNECT_SPARE_S)
    is_in_vain = stream.failure is not None and stream.failure.reason is Reason.NO_PICTURES
    doublings = min(stream.attempt, 8) if is_in_vain else 0  # 2 ** 8 is past any limit
    return min(LONGEST_CONNECT_S, known_s * 2.0**doublings)


def is_held(stream: StreamState, now_s: float) -> bool:
    """Whether an idle stream must not be opened yet, not even for an officer: a camera may lock its account."""
    return stream.life is Life.IDLE and stream.retry_at_s is not None and now_s < stream.retry_at_s


def _on_unwanted(stream: StreamState, now_s: float) -> Step:
    unwanted = replace(stream, wanted=False)
    if stream.life in (Life.CONNECTING, *_OPEN_LIVES):
        return _close(replace(unwanted, failure=None), now_s)
    if stream.life is Life.BACKOFF:
        return _rest(unwanted, now_s), ()
    return unwanted, ()


def _rest(stream: StreamState, now_s: float) -> StreamState:
    """Idle; what a wrong password asked to wait is still waited out."""
    if stream.failure is not None and _guards(stream, stream.failure):
        return replace(stream, life=Life.IDLE, since_s=now_s)
    return _unfailed(_enter(stream, Life.IDLE, now_s))


def _guards(stream: StreamState, failure: Failure) -> bool:
    """Whether nobody may end its wait: it spares a camera's account."""
    return (stream.retry or RETRY[failure.reason]).guards_account


def _unfailed(stream: StreamState) -> StreamState:
    """As if it had never failed."""
    return replace(stream, attempt=0, spared=0, retry=None, failure=None)


def _on_leased(stream: StreamState, now_s: float) -> Step:
    if stream.life is Life.CONNECTING:
        return _enter(stream, Life.CONNECTING, now_s), (Effect.OPEN,)
    return stream, ()


def _on_progress(stream: StreamState, now_s: float) -> Step:
    if stream.life in (Life.CONNECTING, Life.STALLED):
        return replace(_enter(stream, Life.PLAYING, now_s), failure=None), ()
    if stream.life is Life.PLAYING and stream.attempt and now_s - stream.since_s >= STEADY_S:
        return replace(stream, attempt=0), ()
    return stream, ()


def _on_silence(stream: StreamState, now_s: float, reason: Reason = Reason.STALLED) -> Step:
    if stream.life is not Life.PLAYING:
        return stream, ()
    return replace(_enter(stream, Life.STALLED, now_s), failure=Failure(reason)), ()


def _on_tick(stream: StreamState, now_s: float) -> Step:
    waited_s = now_s - stream.since_s
    if stream.life is Life.BACKOFF and stream.retry_at_s is not None and now_s >= stream.retry_at_s:
        return _connect(stream, now_s)
    if stream.life is Life.CONNECTING and waited_s >= stream.connect_limit_s:
        return _give_up(stream, Failure(Reason.NO_PICTURES), now_s)
    if stream.life is Life.STALLED and waited_s >= STALL_LIMIT_S:
        assert stream.failure is not None
        return _give_up(stream, stream.failure, now_s)
    if stream.life is Life.CLOSING and waited_s >= stream.close_limit_s:
        return replace(stream, since_s=now_s), (Effect.KILL_HOST,)
    return stream, ()


def _on_hurry(stream: StreamState, now_s: float) -> Step:
    if stream.failure is None or _guards(stream, stream.failure):
        return stream, ()
    if stream.life is Life.CONNECTING:  # it hangs in a connection that belongs to the broken path
        return _close(_unfailed(stream), now_s)
    return _on_mended(stream, now_s)


def _on_arrives(stream: StreamState, _now_s: float) -> Step:
    return (replace(stream, attempt=0) if stream.life is Life.CONNECTING else stream), ()


def _on_mended(stream: StreamState, now_s: float) -> Step:
    if stream.life is Life.BACKOFF:
        return _connect(replace(stream, attempt=0), now_s)
    if stream.life is Life.IDLE and stream.failure is not None:
        return _unfailed(_enter(stream, Life.IDLE, now_s)), ()
    return stream, ()


def _give_up(stream: StreamState, failure: Failure, now_s: float) -> Step:
    """Close a stream that is open and shows nothing; it is tried again after a wait."""
    return _close(_fail(stream, failure, RETRY[failure.reason]), now_s)


def _on_closed(stream: StreamState, now_s: float, draw: float) -> Step:
    if stream.life is not Life.CLOSING:
        return stream, ()
    if not stream.wanted:
        return _rest(stream, now_s), ()
    return _connect(stream, now_s) if stream.failure is None else _wait(stream, now_s, draw)


def _on_failed(stream: StreamState, event: Failed, now_s: float, draw: float) -> Step:
    failure, retry = event.failure, event.retry or RETRY[event.failure.reason]
    if stream.life is Life.CLOSING and not retry.guards_account:
        return _on_closed(stream, now_s, draw)  # it is gone, which is what was asked for
    if stream.life in (Life.IDLE, Life.BACKOFF):
        return stream, ()
    failed = _fail(stream, failure, retry)
    waiting, effects = _wait(failed, now_s, draw, event.wait_s)
    return (waiting if stream.wanted else _rest(waiting, now_s)), effects


def _fail(stream: StreamState, failure: Failure, retry: RetryClass) -> StreamState:
    """Count a failure; one of another kind than the last begins a row of its own."""
    before = _before(stream, failure)
    goes_on = stream.retry is None or retry.shares_row(stream.retry)
    spared = min(stream.spared, before) if goes_on else before
    return replace(stream, attempt=before + 1, spared=spared, retry=retry, failure=failure)


def _before(stream: StreamState, failure: Failure) -> int:
    """How many failures a new one follows; a host that dies while a broken path is tried begins its own row."""
    if failure.reason is not Reason.HOST_LOST or stream.life is not Life.CONNECTING or stream.failure is None:
        return stream.attempt
    return stream.attempt if stream.failure.reason is Reason.HOST_LOST else 0


_TRANSITIONS: Mapping[Event, Callable[[StreamState, float], Step]] = {
    Event.WANTED: _on_wanted,
    Event.UNWANTED: _on_unwanted,
    Event.LEASED: _on_leased,
    Event.PROGRESS: _on_progress,
    Event.SILENCE: _on_silence,
    Event.UNDECODED: partial(_on_silence, reason=Reason.UNDECODABLE),
    Event.TICK: _on_tick,
    Event.HURRY: _on_hurry,
    Event.ARRIVES: _on_arrives,
    Event.MENDED: _on_mended,
}
