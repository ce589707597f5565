"""Snapshots on disk: a picture and its manifest or nothing, and whatever was changed later is found out."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.core.commands import TileId
from app.core.errors import SecretError
from app.core.model import AreaCode, Camera, CameraId, Jurisdiction, PrivacyClass
from app.core.purpose import Purpose, PurposeKind
from app.core.redact import Secret
from app.core.snapshot import Pixels, SnapshotError, SnapshotFacts, Taker, Written
from app.core.tile_status import Sign, TileStatus
from app.core.zoom import WHOLE
from app.snapshot import MANIFEST_MAX_BYTES, Signer, SnapshotWriter, encode_png, verify
from tests.waiting import until

CAMERA = Camera(
    CameraId("id-1"),
    1,
    "JKT/../00001",
    "Gambir <b>",
    AreaCode("31"),
    Jurisdiction(),
    (),
    privacy=PrivacyClass.PRIVATE_OFFICE,
)
STATUS = TileStatus(TileId(1, 1), Sign.STALE, CAMERA.id, CAMERA, age_s=12.5)
FACTS = SnapshotFacts(
    CAMERA, STATUS, 1_790_000_000.5, Taker("Sari", "Gambir", "Pantau 1"), WHOLE, Purpose(PurposeKind.INCIDENT)
)


def noise(width_px: int = 64, height_px: int = 36) -> Pixels:
    rng = np.random.default_rng(7)
    return Pixels(width_px, height_px, rng.integers(0, 256, width_px * height_px * 4, np.uint8).tobytes())


def new_key() -> Secret:
    key = ec.generate_private_key(ec.SECP256R1())
    return Secret(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


@contextmanager
def writer(folder: Path, signer: Signer | None = None) -> Iterator[SnapshotWriter]:
    made = SnapshotWriter(folder, signer)
    try:
        yield made
    finally:
        made.stop()


def written(folder: Path, signer: Signer | None = None) -> Path:
    """The manifest of a new snapshot."""
    with writer(folder, signer) as made:
        return Path(made.write(noise(), FACTS).manifest)


def changed(manifest: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    document = json.loads(manifest.read_text())
    change(document)
    manifest.write_text(json.dumps(document))
    return manifest


def test_the_png_holds_the_pixels_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(encode_png(noise(65, 37)))
    with av.open(str(path)) as file:
        frame = next(file.decode(video=0))
    assert isinstance(frame, VideoFrame)
    wanted = np.frombuffer(noise(65, 37).data, np.uint8).reshape(37, 65, 4)[..., 2::-1]
    assert np.array_equal(frame.to_ndarray(format="rgb24"), wanted)


def test_a_signed_snapshot_is_whole_and_names_its_key(tmp_path: Path) -> None:
    signer = Signer(new_key())
    verdict = verify(written(tmp_path, signer))
    assert verdict.is_whole and not verdict.problem
    assert verdict.key == signer.public_key


def test_an_unsigned_one_says_that_nobody_has_signed_it(tmp_path: Path) -> None:
    verdict = verify(written(tmp_path))
    assert verdict.is_whole and verdict.key is None and "Nobody has signed" in verdict.problem


def test_the_manifest_is_for_people_too(tmp_path: Path) -> None:
    snapshot = json.loads(written(tmp_path).read_text())["snapshot"]
    assert snapshot["picture"]["sign"] == "stale" and snapshot["picture"]["is_stale"]
    assert (snapshot["file"]["width_px"], snapshot["file"]["height_px"]) == (64, 36)
    assert snapshot["purpose"]["kind"] == "incident" and snapshot["officer"] == "Sari"


def test_file_names_tell_time_and_camera_and_lead_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert written(folder).name == "20260921T141320500Z-JKT_00001.json"
    assert written(folder).name == "20260921T141320500Z-JKT_00001-2.json"
    assert len(list(folder.iterdir())) == 4


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["snapshot"].update(officer="Budi"),
        lambda document: document["snapshot"]["picture"].update(is_stale=False),
        lambda document: document["snapshot"]["file"].update(sha256="0" * 64),
        lambda document: document["signature"].update(value="AAAA"),
        lambda document: document["signature"].update(value=5),
        lambda document: document["signature"].update(alg="none"),
        lambda document: document["signature"].update(key=dict(Signer(new_key()).public_key)),
        lambda document: document["signature"].update(key={"x": "AA", "y": "AA"}),
        lambda document: document["signature"].update(key="mine"),
        lambda document: document.update(signature=[]),
        lambda document: document.update(version=2),
        lambda document: document.update(snapshot=None),
        lambda document: document["snapshot"].pop("file"),
    ],
)
def test_a_changed_manifest_is_found_out(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    verdict = verify(changed(written(tmp_path, Signer(new_key())), change))
    assert not verdict.is_whole and verdict.problem


def test_a_signature_that_was_taken_away_leaves_an_unsigned_one(tmp_path: Path) -> None:
    manifest = changed(written(tmp_path, Signer(new_key())), lambda document: document.update(signature=None))
    assert verify(manifest).key is None


def test_a_changed_picture_is_found_out(tmp_path: Path) -> None:
    manifest = written(tmp_path, Signer(new_key()))
    picture = manifest.with_suffix(".png")
    picture.write_bytes(picture.read_bytes()[:-1] + b"\0")
    assert not verify(manifest).is_whole


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"[" * 20_000, b" " * (MANIFEST_MAX_BYTES + 1), b"\xff"])
def test_any_other_file_is_refused_in_a_sentence(tmp_path: Path, text: bytes) -> None:
    manifest = written(tmp_path)
    manifest.write_bytes(text)
    assert verify(manifest).problem.startswith("It cannot be read")


def test_a_picture_that_is_gone_is_said(tmp_path: Path) -> None:
    manifest = written(tmp_path)
    manifest.with_suffix(".png").unlink()
    assert not verify(manifest).is_whole


def test_no_pixel_of_a_private_camera_without_a_purpose(tmp_path: Path) -> None:
    with writer(tmp_path) as made:
        for attempt in (made.write, lambda pixels, facts: made.take(pixels, facts, print)):
            with pytest.raises(SnapshotError, match="may not be taken"):
                attempt(noise(), replace(FACTS, purpose=None))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_to_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with writer(tmp_path / "file") as made, pytest.raises(SnapshotError, match="cannot be written"):
        made.write(noise(), FACTS)


def test_a_manifest_that_cannot_be_written_takes_its_picture_away(tmp_path: Path) -> None:
    (tmp_path / "20260921T141320500Z-JKT_00001.json.new").mkdir()
    with writer(tmp_path) as made, pytest.raises(SnapshotError, match="cannot be written"):
        made.write(noise(), FACTS)
    assert not list(tmp_path.glob("*.png*"))


def test_taking_one_answers_on_another_thread(tmp_path: Path) -> None:
    answers: queue.SimpleQueue[tuple[Written | SnapshotError, int]] = queue.SimpleQueue()
    with writer(tmp_path) as made:
        made.take(noise(), FACTS, lambda answer: answers.put((answer, threading.get_ident())))
        until(lambda: not answers.empty())
    answer, thread = answers.get_nowait()
    assert isinstance(answer, Written) and Path(answer.picture).exists() and thread != threading.get_ident()


def test_what_fails_there_is_answered_too(tmp_path: Path) -> None:
    answers: queue.SimpleQueue[Written | SnapshotError] = queue.SimpleQueue()
    with writer(tmp_path) as made:
        made.take(Pixels(64, 36, b"too short"), FACTS, answers.put)
        until(lambda: not answers.empty())
    assert "ValueError" in str(answers.get_nowait())


@pytest.mark.parametrize("key", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_broken_key_cannot_sign(key: str) -> None:
    with pytest.raises(SecretError, match="cannot sign"):
        Signer(Secret(key))
