"""The wall's client against a registry that is not ours: Prism plays it from the contract's document alone.

Prism checks each request against the document (`--errors`: what it does not allow is refused), and answers with
the document's examples. What the client cannot use of them is a fault of the document or of the client.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from registry_client_parts import Messages

from app.core.errors import RegistryError
from app.core.failure import Failure, Reason
from app.core.model import AreaCode, CameraId, Profile, StreamKey
from app.core.ports import CatalogSynced, LeaseDenied, LeaseGranted
from app.core.purpose import LeasePurpose
from app.credentials import Identity, new_private_key, public_jwk
from app.registry.client import RegistryApi
from app.registry.lease_answer import Granted
from app.registry.sync import RegistryClient
from tests.support.prism import CONTRACT, running_prism, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
HARMONI = CameraId("0d1f8d7e-2f5b-5c0e-9a39-3b7f0f4a6c11")
NOBODYS = CameraId("00000000-0000-4000-8000-000000000000")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_prism() as address:
        yield address


@pytest.fixture
def api(url: str) -> Iterator[RegistryApi]:
    """The contract's example post."""
    client = RegistryApi(url, Identity("post_5f1c0c8e", new_private_key()))
    yield client
    client.close()


def shown(path: str, method: str) -> Any:
    """The body that the document shows for a request."""
    document = json.loads(CONTRACT.read_text(encoding="utf-8"))
    (content,) = document["paths"][path][method]["requestBody"]["content"].values()
    return content["example"]


def test_meta_says_what_the_client_needs(api: RegistryApi) -> None:
    meta = api.meta()
    assert (meta.lease_batch_max, meta.changes_wait_max_s) == (64, 25)
    assert meta.audit_key["crv"] == "P-256"


def test_an_enrolment_gives_the_post_its_name(url: str) -> None:
    client = RegistryApi(url)
    assert client.enrol("ABCD-EFGH-JKMN-PQRS", public_jwk(new_private_key())) == "post_5f1c0c8e"
    client.close()


def test_a_token_is_asked_for_as_the_document_wants_it(api: RegistryApi) -> None:
    """Every further call needs one: Prism refuses a call without it, and a form that is not the document's."""
    assert api.jurisdictions() is not None


def test_areas_have_their_names(api: RegistryApi) -> None:
    areas = api.jurisdictions()
    assert areas is not None
    assert areas.rejects == ()
    assert areas.areas[AreaCode("31.71")].name
    assert areas.etag


def test_the_whole_catalogue_is_read_and_nothing_of_it_left_out(api: RegistryApi, url: str) -> None:
    inbox = Messages()
    client = RegistryClient(api, inbox, Random(1))
    client.start()
    synced = inbox.take(CatalogSynced)
    assert synced.rejects == ()
    assert len(synced.catalog.cameras) == 2
    changed = inbox.take(CatalogSynced)
    client.stop()
    assert HARMONI in changed.catalog.cameras
    assert len(changed.catalog.cameras) == 1, "the document's page of changes takes one out"


def test_a_lease_opens_the_relay_first_and_a_refusal_stands_alone(api: RegistryApi) -> None:
    keys = [StreamKey(HARMONI, Profile.SUB), StreamKey(NOBODYS, Profile.SUB)]
    granted, refused = api.lease(dict.fromkeys(keys, LeasePurpose.SECURITY), api.meta().zones)
    assert isinstance(granted, Granted)
    relay, direct = granted.lease.endpoints
    assert (relay.kind, relay.scheme, direct.kind) == ("relay", "rtsps", "camera")
    assert granted.lease.login(relay).username == "pos"
    assert granted.lease.login(direct).username == "pantau"
    assert isinstance(refused, Failure) and refused.reason is Reason.WITHDRAWN
    api.release(granted.lease_id)


def test_leases_reach_the_console(api: RegistryApi) -> None:
    inbox = Messages()
    client = RegistryClient(api, inbox, Random(1))
    client.start()
    for each in (HARMONI, NOBODYS):
        client.request_lease(StreamKey(each, Profile.SUB), LeasePurpose.SECURITY)
    assert inbox.take(LeaseGranted).lease.key.camera == HARMONI
    assert inbox.take(LeaseDenied).key.camera == NOBODYS
    client.stop()


def test_entries_of_the_journal_are_signed_for(api: RegistryApi) -> None:
    lines = shown("/v1/audit-events", "post").encode().splitlines()
    taken = api.append_audit(lines, api.meta().audit_key)
    assert taken.refused is None
    assert taken.head.seq == len(lines)
    assert taken.head.hash == json.loads(lines[-1])["hash"]


def test_a_heartbeat_is_taken(api: RegistryApi) -> None:
    assert api.call("POST", "/v1/heartbeats", lambda value: value, json=shown("/v1/heartbeats", "post")) is None


def test_what_the_document_does_not_allow_is_refused(api: RegistryApi) -> None:
    """Prism looks: without this, every test above could send anything."""
    with pytest.raises(RegistryError):
        api.call("POST", "/v1/heartbeats", lambda value: value, json={"tiles": "many"})
    with pytest.raises(RegistryError):
        api.changes("", 5_000, 99)


def test_an_answer_that_is_an_error_is_told_in_the_documents_words(api: RegistryApi) -> None:
    headers = {"Prefer": "code=429"}
    with pytest.raises(RegistryError) as caught:
        api.call("GET", "/v1/audit-events", lambda value: value, headers=headers)
    assert "asked too often" in str(caught.value)
    assert caught.value.retry_after_s == 60.0
