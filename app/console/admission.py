"""Says which endpoint of its lease a stream may be opened at, and when.

Owned by the console's thread; pure core only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import takewhile

from app.console.accounts import Accounts
from app.console.stream_record import StreamRecord
from app.core.backoff import ABSENT, REFUSED_LOGIN, RETRY, RetryClass, mildest
from app.core.connect_pace import ConnectPace
from app.core.failure import ENDPOINT_REASONS, Failure, Reason
from app.core.login import LoginTry, login_try
from app.core.model import Endpoint, StreamKey
from app.core.stream_life import Event, Failed

LET_GO_S = 30.0
"""For so long a host may say what became of the login of a stream that was let go."""


class Admission:
    """Keeps the pace of sites and the peace of accounts.

    Args:
        accounts: the logins that were refused.
        records: every stream that is or was wanted.
    """

    def __init__(self, accounts: Accounts, records: Callable[[], Collection[StreamRecord]]) -> None:
        self.accounts = accounts
        self.pace = ConnectPace()
        self._records = records
        self._shown: dict[tuple[StreamKey, int], tuple[LoginTry, float]] = {}
        """The login that each open showed, and when, until somebody has answered."""

    def turn(self, record: StreamRecord, now_s: float) -> Event | Failed | None:
        """What happens to a leased stream that waits for its turn; None while it has to wait on."""
        ends = record.ends_in_turn
        endpoint = next((end for end in ends if not self._wait_s(record, end, now_s)), None)
        if endpoint is None:
            first = min(ends, key=lambda end: self._wait_s(record, end, now_s))
            record.tried = self._try(record, first)
            refused = self.accounts.refused_as(record.tried, now_s)
            failure = refused or Failure(Reason.FORBIDDEN, at_relay=first.is_relay)
            return Failed(failure, self._wait_s(record, first, now_s))
        tried, site = self._try(record, endpoint), record.paced(endpoint)
        if self._is_being_proved(record, tried):
            return None
        if not self.pace.allows(site, now_s, self.hanging(site, now_s)):
            return None
        self.pace.take(site, now_s)
        self.accounts.tries(tried, now_s)
        record.endpoint, record.tried, record.tried_s = endpoint, tried, now_s
        record.awaits_turn = False
        self._show(record, tried, now_s)
        return Event.LEASED

    def _is_being_proved(self, record: StreamRecord, tried: LoginTry) -> bool:
        """Whether another stream shows just that login for the first time: two wrong tries may lock an account.

        A relay's own login is everybody's there: a dead camera behind it must not make all others wait.
        """
        if not self._is_unproved(record, tried):
            return False
        others = (each for each in self._records() if each is not record and each.is_unanswered)
        return any(each.tried and each.tried.shows(tried) for each in others)

    def is_unproved(self, record: StreamRecord) -> bool:
        """Whether a camera never took the login that a stream shows it; a relay may hear it and be silent."""
        return record.tried is not None and not record.tried.at_relay and self._is_unproved(record, record.tried)

    def _is_unproved(self, record: StreamRecord, tried: LoginTry) -> bool:
        has_login = record.lease is not None and bool(record.lease.username)
        return has_login and not tried.account.is_relays and not self.accounts.is_proved(tried)

    def hanging(self, site: str | None, now_s: float) -> int:
        """How many attempts that a site's pace spares it are older than what that counts, and not answered yet."""
        if site is None:
            return 0
        return sum(each.paced(each.endpoint) == site and each.is_hanging(now_s) for each in self._records())

    def connect_ended(self, record: StreamRecord, now_s: float) -> None:
        """A connect has reached its site by now, or never will."""
        self.pace.answered(record.paced(record.endpoint), record.tried_s, now_s)

    def let_in(self, record: StreamRecord) -> Collection[StreamRecord]:
        """Somebody took a stream's login; gives those that waited for just that, or whose own a relay refused."""
        tried = record.tried
        if tried is None:
            return ()
        self._shown.pop((record.key, record.state.generation), None)
        ends_wait = self.accounts.accepted(tried)
        others = [each for each in self._records() if each.tried and each is not record]
        same = [each for each in others if ends_wait and each.tried and each.tried.account == tried.account]
        return same + [each for each in others if tried.account.is_relays and _had_older_login(each, record)]

    def failed(self, record: StreamRecord, failure: Failure, now_s: float) -> Failed:
        """An open stream has failed; gives how that is waited out."""
        self._shown.pop((record.key, record.state.generation), None)
        if failure.login_unheard and record.tried and self.accounts.unheard(record.tried, now_s):
            failure = Failure(Reason.LOGIN_UNHEARD)
        elif RETRY[failure.reason].guards_account:
            self._refused(record, failure.reason, now_s)
        elif record.tried and not failure.login_unheard:
            self.accounts.failed_otherwise(record.tried)
        return Failed(failure, retry=self._retry(record, failure.reason, now_s))

    def refused_late(self, key: StreamKey, generation: int, now_s: float) -> None:
        """The login of a stream that was let go was refused."""
        tried, _ = self._shown.pop((key, generation), (None, 0.0))
        if tried is not None:
            self.accounts.refused(tried, now_s)

    def is_shut(self, record: StreamRecord, now_s: float) -> bool:
        """Whether its lease opens nothing now: only a newer one may."""
        return record.lease is not None and all(self._wait_s(record, end, now_s) for end in record.lease.endpoints)

    def is_outdated(self, record: StreamRecord, now_s: float) -> bool:
        """Whether a newer lease may open what this one's refused logins do not.

        A login is tried again by a lease that came after its refusal.
        """
        if record.lease is None:
            return False
        version = record.camera.credential_version
        tries = [self._try(record, end) for end in record.lease.endpoints]
        return any(self.accounts.is_outdated(tried, version, record.leased_s, now_s) for tried in tries)

    def _refused(self, record: StreamRecord, refusal: Reason, now_s: float) -> None:
        """A wrong password is wrong for both streams of a camera; an account may see the one and not the other."""
        if record.endpoint is None or record.tried is None:
            return
        if refusal is Reason.FORBIDDEN:
            record.forbidden[record.endpoint] = now_s + REFUSED_LOGIN.floor_s
        else:
            self.accounts.refused(record.tried, now_s)

    def _retry(self, record: StreamRecord, reason: Reason, now_s: float) -> RetryClass:
        """The mildest wait among those of its lease's endpoints, where the failure is this one's.

        One that was not tried in this row is worth a try soon, one whose login was refused none.
        """
        own = RETRY[reason]
        if reason not in ENDPOINT_REASONS or record.lease is None:
            return own
        others = [end for end in record.lease.endpoints if end != record.endpoint]
        open_ = [end for end in others if not self._wait_s(record, end, now_s)]
        failed = [record.failed.get(end) for end in open_]
        return mildest([own, *(ABSENT if known is None else RETRY[known] for known in failed)])

    def _wait_s(self, record: StreamRecord, endpoint: Endpoint, now_s: float) -> float:
        """How long an endpoint of its lease must not be asked yet, seconds."""
        forbidden_s = record.forbidden.get(endpoint, now_s) - now_s
        return max(forbidden_s, self.accounts.wait_s(self._try(record, endpoint), now_s))

    def _try(self, record: StreamRecord, endpoint: Endpoint) -> LoginTry:
        assert record.lease is not None
        return login_try(record.lease, endpoint, self.accounts.mark_key)

    def _show(self, record: StreamRecord, tried: LoginTry, now_s: float) -> None:
        shown = self._shown.items()
        for known in [known for known, (_, at_s) in takewhile(lambda each: now_s - each[1][1] > LET_GO_S, shown)]:
            del self._shown[known]
        self._shown[record.key, record.state.generation] = tried, now_s


def _had_older_login(record: StreamRecord, let_in: StreamRecord) -> bool:
    """Whether it was last opened at a relay that has let another stream in by another login."""
    here, there, tried = record.endpoint, let_in.endpoint, record.tried
    is_there = here is not None and there is not None and here.is_relay and here.host == there.host
    return is_there and tried is not None and tried != let_in.tried
