"""The group `leases`: where a stream is to be had, for how long, and to whom it is given.

Every lease that comes is given back at the end of the visit, whatever happened in between.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from app.conformance.records import Catalogue
from app.conformance.verdict import Check, SkippedError, UnmetError
from app.conformance.visit import Fact, Visit, require, require_no_store
from app.conformance.wire import Answer
from app.registry.address import parse_host, parse_zones
from app.registry.fields import FieldError

_LEASE_PATH = "/v1/stream-leases"
_RENEW_PATH = "/v1/stream-leases:renew"
_RELEASE_PATH = "/v1/stream-leases/{lease_id}"
_BATCH_MAX = 64
_ASKED_MAX = 6
"""Cameras whose streams are leased: enough to find one that can be had."""
_LOOKED_AT_MAX = 500
"""Cameras among which one is looked for that names its purposes."""
_NO_PROFILE = "pantau-check"
_NO_PURPOSE = "pantau-check"
_USUAL_PURPOSE = "security"
_ALIKE = ("status", "code", "title", "detail")

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Batch:
    """One request for leases, and what came for each item."""

    answer: Answer
    asked: Sequence[Item]
    items: Sequence[Item]

    def problem_of(self, camera_id: str, profile: str) -> tuple[Mapping[str, Any], str]:
        """What an item was refused with, and its field; no problem where it was not."""
        for number, item in enumerate(self.asked):
            if (item["camera_id"], item["profile"]) == (camera_id, profile) and number < len(self.items):
                return self.items[number].get("problem", {}), f"items[{number}].problem"
        return {}, "items"

    @property
    def leases(self) -> dict[int, Item]:
        """Those that were granted, by their place."""
        return {number: item for number, item in enumerate(self.items) if "lease_id" in item}


class LeaseChecks:
    """Makes the checks of one visit.

    Args:
        visit: to the registry.
        catalogue: whose cameras are asked for.
    """

    def __init__(self, visit: Visit, catalogue: Fact[Catalogue]) -> None:
        self._visit = visit
        self._catalogue = catalogue
        self._nobody = str(uuid.uuid4())
        self._cameras: Fact[list[Item]] = Fact("catalogue.snapshot", self._find_cameras)
        self._batch: Fact[_Batch] = Fact("leases.granted", self._ask_for_leases)
        self._released: Fact[Item] = Fact("leases.release", self._release_one)

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made."""
        return (
            *self._granting_checks(),
            Check("leases.batch-limit", "More items than limits.lease_batch_max are refused.", self.batch_limit),
            Check("leases.batch-empty", "A batch without an item is refused.", self.batch_empty),
            Check("leases.renew", "A lease is renewed without its secret.", self.renew),
            Check(
                "leases.renew-unknown",
                "A lease that is unknown is refused alone with 404 lease-unknown.",
                self.renew_unknown,
            ),
            Check("leases.release", "A lease is given back: 204.", self.release),
            Check(
                "leases.release-twice",
                "A lease that was given back is answered with 404 lease-unknown.",
                self.release_twice,
            ),
            Check(
                "leases.unknown-alike",
                "A lease that is not this post's is answered as one that never was: nothing is told of it.",
                self.unknown_alike,
            ),
        )

    def _granting_checks(self) -> tuple[Check, ...]:
        return (
            Check("leases.granted", "Each item is answered by a lease or by a problem.", self.granted),
            Check("leases.order", "As many answers as items, in the same order.", self.order),
            Check("leases.refusal-alone", "One bad item never sinks the others.", self.refusal_alone),
            Check("leases.camera-unknown", "A camera that is not there is camera-unknown.", self.camera_unknown),
            Check(
                "leases.profile-unknown",
                "A stream that a camera has not is profile-unknown.",
                self.profile_unknown,
            ),
            Check(
                "leases.purpose",
                "A purpose that is none of the camera's is purpose-not-allowed.",
                self.purpose,
            ),
            Check("leases.no-store", "Leases carry secrets, and are kept by nobody on the way.", self.no_store),
            Check("leases.zones", "Every address lies in the stream_zones of /v1/meta.", self.zones),
            Check("leases.relay-first", "Relays come first, the camera last.", self.relay_first),
            Check("leases.offline-use", "offline_use_s is 0, or expires_in_s at least.", self.offline_use),
            Check(
                "leases.credential-version",
                "A lease's password is as new as the catalogue says.",
                self.credential_version,
            ),
        )

    # ---- what was granted

    def granted(self) -> None:
        """The form of the answer."""
        self._visit.expect(self._batch.get().answer, 200)

    def order(self) -> None:
        """By camera and profile."""
        batch = self._batch.need()
        came = f"{len(batch.items)} answers"
        require(len(batch.items) == len(batch.asked), f"{len(batch.asked)} answers", came, batch.answer, "items")
        for number, (asked, item) in enumerate(zip(batch.asked, batch.items, strict=True)):
            is_this = all(item.get(name) == asked[name] for name in ("camera_id", "profile"))
            require(is_this, "the answer to this item", "another's", batch.answer, f"items[{number}]")

    def refusal_alone(self) -> None:
        """The batch has items that must be refused; where it brought no lease, the others are asked for alone."""
        batch = self._batch.need()
        if batch.leases:
            return
        alone = self._lease([_item(camera) for camera in self._cameras.need()[:_ASKED_MAX]])
        require(not alone.leases, "the leases that the same items get alone", "none", batch.answer, "items")
        raise SkippedError("no camera's stream could be leased")

    def camera_unknown(self) -> None:
        """An id that was made up."""
        self._is_refused(self._nobody, "sub", 404, "camera-unknown")

    def profile_unknown(self) -> None:
        """A profile that was made up."""
        self._is_refused(self._first_camera()["id"], _NO_PROFILE, 404, "profile-unknown")

    def purpose(self) -> None:
        """A purpose that was made up, of a camera that names its own, in a batch of its own."""
        cameras = [camera for camera in self._cameras.need() if _purposes(camera)]
        if not cameras:
            raise SkippedError("no camera of this post names its purposes")
        item = {**_item(cameras[0]), "purpose": _NO_PURPOSE}
        batch = self._lease([item])
        self._problem_is(batch, item["camera_id"], item["profile"], (403, "purpose-not-allowed"))

    def no_store(self) -> None:
        """Of the answer with the leases."""
        require_no_store(self._batch.need().answer)

    def zones(self) -> None:
        """As the wall itself would judge."""
        zones = parse_zones(self._visit.meta_member("stream_zones") or ())
        for number, lease in self._granted().items():
            for place, endpoint in enumerate(lease["endpoints"]):
                try:
                    is_inside = zones.admits(parse_host(_host(endpoint)))
                except FieldError:
                    is_inside = False
                field = f"items[{number}].endpoints[{place}].url"
                require(is_inside, "a host of stream_zones", "another", self._batch.need().answer, field)

    def relay_first(self) -> None:
        """By the kinds that the contract knows; others may stand anywhere."""
        for number, lease in self._granted().items():
            known = [each["kind"] for each in lease["endpoints"] if each["kind"] in ("relay", "camera")]
            is_sorted = known == sorted(known, reverse=True)
            field = f"items[{number}].endpoints"
            require(is_sorted, "relays, then the camera", "another order", self._batch.need().answer, field)

    def offline_use(self) -> None:
        """Of every lease."""
        for number, lease in self._granted().items():
            offline_s, expires_s = lease["offline_use_s"], lease["expires_in_s"]
            is_good = offline_s == 0 or offline_s >= expires_s
            came, field = f"{offline_s} for {expires_s}", f"items[{number}].offline_use_s"
            require(is_good, "0, or expires_in_s at least", came, self._batch.need().answer, field)

    def credential_version(self) -> None:
        """It may have risen since the snapshot."""
        versions = {camera["id"]: camera["credential"]["version"] for camera in self._cameras.need()}
        for number, lease in self._granted().items():
            told, field = lease["credential_version"], f"items[{number}].credential_version"
            held = versions.get(lease["camera_id"], 0)
            require(told >= held, f"{held} at least", f"{told}", self._batch.need().answer, field)

    # ---- batches

    def batch_limit(self) -> None:
        """One item too many, all of cameras that are not there."""
        most = self._visit.limit("lease_batch_max", _BATCH_MAX)
        items = [_made_up_item(str(uuid.uuid4())) for _ in range(most + 1)]
        self._visit.refused(self._ask(items), 400, "invalid-request")

    def batch_empty(self) -> None:
        """No item."""
        self._visit.refused(self._ask([]), 400, "invalid-request")

    # ---- renewing and giving back

    def renew(self) -> None:
        """All that are held, in one batch."""
        held = [str(lease["lease_id"]) for lease in self._granted().values()]
        answer = self._renew(held)
        items = self._visit.expect(answer, 200)["items"]
        require([each["lease_id"] for each in items] == held, "each lease, in order", "others", answer, "items")
        for number, item in enumerate(items):
            require("problem" not in item, "a renewed lease", "a problem", answer, f"items[{number}]")
            is_bare = not item.keys() & {"secret", "username", "endpoints"}
            require(is_bare, "no secret and no address", "one of them", answer, f"items[{number}]")

    def renew_unknown(self) -> None:
        """A good one and one that never was."""
        held = str(next(iter(self._granted().values()))["lease_id"])
        answer = self._renew([str(uuid.uuid4()), held])
        unknown, known = self._visit.expect(answer, 200)["items"]
        told = (unknown.get("problem", {}).get("status"), _code(unknown.get("problem")))
        require(told == (404, "lease-unknown"), "404 lease-unknown", _told(told), answer, "items[0].problem")
        require("problem" not in known, "the good one renewed", "a problem", answer, "items[1]")

    def release(self) -> None:
        """The first one."""
        self._released.get()

    def release_twice(self) -> None:
        """The same one."""
        self._visit.refused(self._give_back(str(self._released.need()["lease_id"])), 404, "lease-unknown")

    def unknown_alike(self) -> None:
        """One that this post held once, and one that never was: by their answers they are the same."""
        once = self._give_back(str(self._released.need()["lease_id"]))
        never = self._give_back(str(uuid.uuid4()))
        self._visit.refused(never, 404, "lease-unknown")
        for member in _ALIKE:
            is_same = _member(once, member) == _member(never, member)
            require(is_same, "the same answer for both", "answers that differ", never, member)

    # ---- asking

    def _ask_for_leases(self) -> _Batch:
        """Some streams of cameras, one of a camera that is not there, one that the first camera has not."""
        cameras = self._cameras.need()
        items = [_item(camera) for camera in cameras[:_ASKED_MAX]]
        bad = [_made_up_item(self._nobody), {**_item(self._first_camera()), "profile": _NO_PROFILE}]
        most = self._visit.limit("lease_batch_max", _BATCH_MAX)
        return self._lease([*items[:1], *bad, *items[1:]][:most])

    def _lease(self, items: Sequence[Item]) -> _Batch:
        """Ask, and note what is to be given back."""
        answer = self._ask(items)
        told = answer.json if answer.status == 200 else None
        came = told.get("items") if isinstance(told, dict) else None
        if not isinstance(came, list) or not all(isinstance(each, dict) for each in came):
            raise UnmetError("200 and items", answer.said, answer.evidence("items"))
        return _Batch(answer, items, came)

    def _ask(self, items: Sequence[Item]) -> Answer:
        answer = self._visit.ask("POST", _LEASE_PATH, body={"items": list(items)})
        told = answer.json if answer.status == 200 else None
        for item in (told.get("items") if isinstance(told, dict) else None) or ():
            if isinstance(item, dict) and isinstance(item.get("lease_id"), str):
                self._visit.held_leases.add(item["lease_id"])
        return answer

    def _renew(self, lease_ids: Sequence[str]) -> Answer:
        return self._visit.ask("POST", _RENEW_PATH, body={"items": [{"lease_id": each} for each in lease_ids]})

    def _release_one(self) -> Item:
        lease = next(iter(self._granted().values()))
        self._visit.expect(self._give_back(str(lease["lease_id"])), 204)
        self._visit.held_leases.discard(str(lease["lease_id"]))
        return lease

    def _give_back(self, lease_id: str) -> Answer:
        return self._visit.ask("DELETE", _RELEASE_PATH, fill={"lease_id": lease_id})

    def _granted(self) -> dict[int, Item]:
        """Those of the contract's form, by their place: for the others, another check fails."""
        fault, found = self._visit.contract.fault, self._batch.need().leases
        leases = {number: lease for number, lease in found.items() if fault("Lease", lease) is None}
        if not leases:
            raise SkippedError("no camera's stream could be leased")
        return leases

    def _find_cameras(self) -> list[Item]:
        """Some cameras in service whose records are good."""
        fault = self._visit.contract.fault
        good = (each for each in self._catalogue.need().records.values() if fault("Camera", each) is None)
        served = (each for each in good if each["profiles"] and each["status"]["lifecycle"] == "active")
        return list(islice(served, _LOOKED_AT_MAX))

    def _first_camera(self) -> Item:
        for camera in self._cameras.need():
            return camera
        raise SkippedError("this post has no camera in service")

    # ---- judging

    def _is_refused(self, camera_id: str, profile: str, status: int, code: str) -> None:
        self._problem_is(self._batch.need(), camera_id, profile, (status, code))

    def _problem_is(self, batch: _Batch, camera_id: str, profile: str, wanted: tuple[int, str]) -> None:
        problem, field = batch.problem_of(camera_id, profile)
        told = problem.get("status"), _code(problem)
        require(told == wanted, _told(wanted), _told(told) if problem else "a lease", batch.answer, field)


def _item(camera: Item) -> dict[str, Any]:
    """A stream of a camera, for a purpose of the camera's."""
    purposes = _purposes(camera)
    purpose = _USUAL_PURPOSE if not purposes or _USUAL_PURPOSE in purposes else purposes[0]
    return {"camera_id": camera["id"], "profile": camera["profiles"][0]["role"], "purpose": purpose}


def _made_up_item(camera_id: str) -> dict[str, Any]:
    return {"camera_id": camera_id, "profile": "sub", "purpose": _USUAL_PURPOSE}


def _purposes(camera: Item) -> list[str]:
    return list((camera.get("privacy") or {}).get("purposes", ()))


def _host(endpoint: Item) -> str:
    """As it stands in the URL, with the brackets of IPv6."""
    try:
        host = urlsplit(endpoint["url"]).hostname or ""
    except ValueError:
        return ""
    return f"[{host}]" if ":" in host else host


def _code(problem: object) -> str:
    code = problem.get("code") if isinstance(problem, dict) else None
    return code if isinstance(code, str) and code.replace("-", "").isalnum() else ""


def _told(pair: tuple[object, str]) -> str:
    status, code = pair
    return f"{status if isinstance(status, int) else 'no status'} {code}".rstrip()


def _member(answer: Answer, name: str) -> object:
    problem = answer.json
    return problem.get(name) if isinstance(problem, dict) else None
