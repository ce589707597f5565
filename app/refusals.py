"""The logins that were refused, for the next start: a wall that is started again must not lock a camera by it.

Console's thread, which waits for the disk at the start only; a thread of its own writes. The file names cameras by
the registry's ids and relays' logins by a mark that only the post's key makes; it has no address and no password.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from app.config.json_object import JsonObject
from app.config.late_writer import LateWriter
from app.config.own_file import OwnFile
from app.core.backoff import REFUSED_LOGIN
from app.core.errors import ConfigError
from app.core.login import LOGIN_REASONS, Account, Refusal
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.derived_key import derived_key

FILE_NAME = "refusals.json"
VERSION = 1
_PURPOSE = b"pantau: tell the logins of relays apart"
_KEYS = {"account", "is_relays", "version", "until_s", "by_relay", "reason"}
_REASONS = {reason.value: reason for reason in LOGIN_REASONS}
_LENGTH_S = REFUSED_LOGIN.floor_s

_log = logging.getLogger(__name__)


class KeptRefusals:
    """Implements `app.console.accounts.RefusalMemory`.

    Args:
        path: the file; made when the first login is refused.
        post_key: the post's private key.
        wall_clock: this PC's clock, seconds since 1970.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        path: Path,
        post_key: Secret,
        wall_clock: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.mark_key = derived_key(post_key, _PURPOSE)
        self._file = OwnFile(path)
        self._wall_clock = wall_clock
        self._clock = clock
        self._writer = LateWriter("list of refused logins", self._file.write)

    def recall(self) -> Iterable[Refusal]:
        """What was kept and is not over; none where the file cannot be understood.

        Whatever the clock has been set to, no wait is longer from here on than at its beginning, and the file says
        so from now on: each start would else begin it again.
        """
        try:
            kept = self._file.load(_refusals_from_text) or ()
        except ConfigError as error:
            _log.warning("logins that were refused before this start are not known: %s", error)
            return ()
        clock_s, now_s = self._wall_clock(), self._clock()
        found = [_as_of_now(each, clock_s, now_s) for each in kept if each.until_s > clock_s]
        if found:
            self.keep(found)
        return found

    def keep(self, refusals: Sequence[Refusal]) -> None:
        """Have these written soon instead; those that are over are left out."""
        now_s = self._clock()
        lead_s = self._wall_clock() - now_s
        records = [_record(each, lead_s) for each in refusals if each.until_s > now_s]
        self._writer.keep(json.dumps({"version": VERSION, "refusals": records}, indent=2) + "\n")

    def stop(self) -> None:
        """Write what is left, and end."""
        self._writer.stop()


def _as_of_now(kept: Refusal, clock_s: float, now_s: float) -> Refusal:
    """A refusal by this PC's clock as one in monotonic seconds."""
    until_s = now_s + min(kept.until_s - clock_s, _LENGTH_S)
    return replace(kept, since_s=until_s - _LENGTH_S, until_s=until_s)


def _record(refusal: Refusal, lead_s: float) -> dict[str, object]:
    return {
        "account": refusal.account.name,
        "is_relays": refusal.account.is_relays,
        "version": refusal.version,
        "until_s": math.ceil(refusal.until_s + lead_s),
        "by_relay": refusal.by_relay,
        "reason": refusal.reason.value,
    }


def _refusals_from_text(file: str, text: str) -> Sequence[Refusal]:
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(("version", "refusals"))
    return document.records("refusals", _refusal, Sentence("has an entry that is no refused login"))


def _refusal(entry: object) -> Refusal | None:
    """A refusal by this PC's clock; None for what `keep` never wrote."""
    if not isinstance(entry, dict) or entry.keys() != _KEYS:
        return None
    name, version, until_s = entry["account"], entry["version"], entry["until_s"]
    flags = entry["is_relays"], entry["by_relay"]
    are_whole = all(isinstance(each, int) and not isinstance(each, bool) for each in (version, until_s))
    if not isinstance(name, str) or not are_whole or not all(isinstance(each, bool) for each in flags):
        return None
    reason = _REASONS.get(str(entry["reason"]))
    if reason is None or abs(until_s) > 2**53:  # no clock shows that, and no float holds it
        return None
    return Refusal(Account(name, flags[0]), version, until_s - _LENGTH_S, float(until_s), flags[1], reason)
