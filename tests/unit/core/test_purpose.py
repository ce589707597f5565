"""Purposes: which cameras need one, what one must say, and when it ends."""

from __future__ import annotations

import pytest

from app.core.errors import ConfigError
from app.core.model import AreaCode, Camera, CameraId, Jurisdiction, PrivacyClass
from app.core.purpose import (
    PURPOSE_KEYS,
    TEXT_MAX_LENGTH,
    Grant,
    LeasePurpose,
    Purpose,
    PurposeKind,
    is_watermarked,
    leased_for,
    needs_purpose,
    purpose_detail,
)


def camera(privacy: PrivacyClass) -> Camera:
    return Camera(CameraId("A"), 1, "A", "A", AreaCode("31"), Jurisdiction(), (), privacy=privacy)


@pytest.mark.parametrize(
    ("privacy", "is_needed"),
    [(PrivacyClass.PUBLIC_STREET, False), (PrivacyClass.PRIVATE_OFFICE, True), (PrivacyClass.UNKNOWN, True)],
)
def test_all_but_public_cameras_need_a_purpose_and_are_watermarked(privacy: PrivacyClass, is_needed: bool) -> None:
    assert needs_purpose(camera(privacy)) is is_needed
    assert is_watermarked(camera(privacy), marks_all=False) is is_needed
    assert is_watermarked(camera(privacy), marks_all=True)


def test_a_private_camera_is_leased_for_the_officers_purpose_alone() -> None:
    public, private = camera(PrivacyClass.PUBLIC_STREET), camera(PrivacyClass.PRIVATE_OFFICE)
    assert leased_for(public, None) is LeasePurpose.SECURITY
    assert leased_for(private, None) is None
    for kind in PurposeKind:
        grant = Grant(private.id, Purpose(kind, "x"), 0.0, 1.0)
        wanted = LeasePurpose.MAINTENANCE if kind is PurposeKind.MAINTENANCE else LeasePurpose.SECURITY
        assert leased_for(private, grant) is wanted


def test_each_reason_has_a_key() -> None:
    assert [kind.value for kind in PURPOSE_KEYS] == [
        "incident",
        "complaint",
        "owner-request",
        "maintenance",
        "other",
    ]


@pytest.mark.parametrize("text", ["", "   "])
def test_another_purpose_needs_words(text: str) -> None:
    with pytest.raises(ConfigError, match="needs words"):
        Purpose(PurposeKind.OTHER, text)


def test_a_purpose_is_not_a_novel() -> None:
    assert Purpose(PurposeKind.OTHER, "x" * TEXT_MAX_LENGTH).text
    with pytest.raises(ConfigError, match="at most"):
        Purpose(PurposeKind.INCIDENT, "x" * (TEXT_MAX_LENGTH + 1))


def test_a_grant_holds_until_its_end() -> None:
    grant = Grant(CameraId("A"), Purpose(PurposeKind.INCIDENT), since_s=10.0, until_s=20.0)
    assert grant.holds(19.9) and not grant.holds(20.0)


def test_the_journal_has_a_purpose_with_the_officers_words_if_there_are_any() -> None:
    assert purpose_detail(Purpose(PurposeKind.INCIDENT)) == {"purpose": "incident"}
    said = purpose_detail(Purpose(PurposeKind.OTHER, "a lost child"))
    assert said == {"purpose": "other", "purpose_text": "a lost child"}
