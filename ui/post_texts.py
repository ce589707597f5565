"""What a chief reads of posts' walls: how fresh a report is, what is wanted and what became of it, hours.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from app.core.posts import ChiefAnswered, Conflict, Day, Hours, OrderWall, PostWall, SetWeek, WantedSeen
from app.core.remote import CameraOnTile, Outcome, RemoteOrder, TileReport
from ui.numbers import short_time_text
from ui.plain_text import plain
from ui.remote_texts import author_words
from ui.texts import QT_TRANSLATE_NOOP, age_text, duration, sentence, sign_word, tr

DAYS: Mapping[Day, str] = MappingProxyType(
    {
        Day.MON: QT_TRANSLATE_NOOP("Day", "Mon"),
        Day.TUE: QT_TRANSLATE_NOOP("Day", "Tue"),
        Day.WED: QT_TRANSLATE_NOOP("Day", "Wed"),
        Day.THU: QT_TRANSLATE_NOOP("Day", "Thu"),
        Day.FRI: QT_TRANSLATE_NOOP("Day", "Fri"),
        Day.SAT: QT_TRANSLATE_NOOP("Day", "Sat"),
        Day.SUN: QT_TRANSLATE_NOOP("Day", "Sun"),
    }
)


def day_word(day: Day) -> str:
    """A day of the week, short."""
    return tr("Day", DAYS[day])


def days_words(days: tuple[Day, ...]) -> str:
    """Some days of the week: three and more in a row as a span."""
    places = sorted(list(Day).index(day) for day in days)
    is_row = len(places) > 2 and places == list(range(places[0], places[-1] + 1))
    names = [day_word(list(Day)[place]) for place in places]
    return f"{names[0]}–{names[-1]}" if is_row else ", ".join(names)


def hours_words(hours: Hours) -> str:
    """When some hours hold."""
    return f"{days_words(hours.days)} {hours.starts}–{hours.ends}"


def live_words(wall: PostWall) -> str:
    """How many of a wall's cameras play."""
    return tr("Posts", "{0} of {1}", wall.report.playing, wall.report.cameras)


def report_words(wall: PostWall, now_s: float) -> str:
    """How fresh what is known of a wall is."""
    age_s = wall.age_s(now_s)
    if wall.is_lost(now_s):
        return tr("Posts", "No report for {0}: what it shows now is not known.", duration(age_s))
    return tr("Posts", "Reported {0} ago", duration(age_s))


def wanted_words(wanted: WantedSeen | None, now_s: float, local_now: datetime) -> str:
    """What a wall is to show, and who says so."""
    if wanted is None:
        return tr("Posts", "What is wanted there is not known yet.")
    order = wanted.desired.order
    if order is None:
        return tr("Posts", "The post shows what it likes.")
    parts = [tr("Posts", "Wanted by {0}: {1}", author_words(order), _order_words(order))]
    if wanted.desired.ends_s is not None:
        end = local_now.timestamp() + max(0.0, wanted.desired.ends_s - now_s)
        parts.append(tr("Remote", "until {0}", short_time_text(datetime.fromtimestamp(end))))
    return "  ·  ".join(parts)


def _order_words(order: RemoteOrder) -> str:
    wanted = order.wanted
    if isinstance(wanted, CameraOnTile):
        return tr("Posts", "a camera on tile {0} of monitor {1}", wanted.tile, order.monitor)
    return tr("Posts", "the layout ‘{0}’ on monitor {1}", plain(wanted.name), order.monitor)


def outcome_words(wall: PostWall, wanted: WantedSeen | None, now_s: float) -> str:
    """What became of what is wanted, as the post says; empty where nothing is."""
    if wanted is None or wanted.desired.order is None:
        return ""
    answer = wall.report.answer
    if answer.revision != wanted.desired.revision:
        if wall.is_lost(now_s):
            return tr("Posts", "The post's console is not heard of: it is shown once that is back.")
        return tr("Posts", "The post has not answered yet…")
    if answer.outcome is Outcome.REFUSED:
        return tr("Posts", "The post could not show it: {0}", sentence(answer.reason))
    if answer.outcome is Outcome.RELEASED:
        return tr("Posts", "The officer at the post has released it.")
    return tr("Posts", "It is on the wall.")


def tile_words(monitor: int, tile: TileReport, camera: str) -> str:
    """A tile of a post's wall.

    Args:
        camera: the camera's name; empty for a tile without one.
    """
    place = tr("Posts", "Tile {0}.{1}", str(monitor), str(tile.tile))
    if not camera:
        return f"{place}  ·  {sign_word(tile.sign)}"
    age = f" {age_text(tile.age_s)}" if tile.age_s is not None else ""
    return f"{place}  ·  {camera}  ·  {sign_word(tile.sign)}{age}"


def empty_words(is_known: bool) -> str:
    """Why no wall is listed.

    Args:
        is_known: whether the registry has said that there is none.
    """
    if is_known:
        return tr("Posts", "No post in your jurisdiction has reported a wall yet.")
    return tr("Posts", "Asking the registry…")


def answered_words(answered: ChiefAnswered) -> str:
    """What became of a request; a conflict says who was first, and how to go on."""
    if answered.conflict is not None:
        first = conflict_words(answered.conflict)
        if isinstance(answered.request, SetWeek):
            return tr("Posts", "{0} Save once more to put yours in their place; F4 shows theirs.", first)
        return tr("Posts", "{0} What is wanted now stands above: do the same once more to replace it.", first)
    if answered.problem is not None:
        return sentence(answered.problem)
    if isinstance(answered.request, SetWeek):
        return tr("Posts", "The hours are saved.")
    if isinstance(answered.request, OrderWall):
        return tr("Posts", "Ordered: the post shows it as soon as it has it.")
    return tr("Posts", "Taken back: the post shows again what it had.")


def conflict_words(conflict: Conflict) -> str:
    """Who was first, and when."""
    if conflict.changed_s is None:
        return tr("Posts", "It is not as you have seen it.")
    at = short_time_text(datetime.fromtimestamp(conflict.changed_s))
    if conflict.author is None:
        return tr("Posts", "It changed by itself at {0}.", at)
    return tr("Posts", "{0} changed it at {1}.", plain(conflict.author.name), at)
