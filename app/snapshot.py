"""Snapshots as files: a PNG and, beside it, a signed manifest that says what it is.

The picture is encoded and written on a worker thread of its own; a snapshot is both files or none. `verify` tells
whether a picture is still the one that its manifest speaks of, and whose key has signed it. Must import nothing of
ours but the core and `in_place`; the screen's pixels come in as plain bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from app.core.errors import SecretError
from app.core.redact import Secret
from app.core.snapshot import Answer, Pixels, SnapshotError, SnapshotFacts, Written
from app.in_place import in_place_of

VERSION = 1
ALGORITHM = "ES256"
MANIFEST_MAX_BYTES = 64 * 1024
_COORDINATE_BYTES = 32
_LEVEL = 3
"""zlib's: as good as the default for pictures of cameras to a few per cent, in a third of the time."""
_NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z-]+")


class Signer:
    """Signs with the post's key.

    Args:
        private_key: P-256, as PEM.

    Raises:
        SecretError: it is no such key.
    """

    def __init__(self, private_key: Secret) -> None:
        self._key = _p256(private_key)

    @property
    def public_key(self) -> Mapping[str, str]:
        """Its public half as a JWK (RFC 7518 section 6.2)."""
        numbers = self._key.public_key().public_numbers()
        coordinates = (part.to_bytes(_COORDINATE_BYTES) for part in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", **dict(zip("xy", map(_base64url, coordinates), strict=True))}

    def sign(self, data: bytes) -> str:
        """The signature of some bytes (RFC 7518 section 3.4: both numbers, one after the other)."""
        r, s = utils.decode_dss_signature(self._key.sign(data, ec.ECDSA(SHA256())))
        return _base64url(r.to_bytes(_COORDINATE_BYTES) + s.to_bytes(_COORDINATE_BYTES))


def _p256(private_key: Secret) -> ec.EllipticCurvePrivateKey:
    key = None
    # Complained of below, where no context can keep the key's text.
    with suppress(ValueError, TypeError, UnsupportedAlgorithm):
        key = load_pem_private_key(private_key.reveal().encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SecretError("The post's key cannot sign: enrol this PC again.")
    return key


class SnapshotWriter:
    """Writes snapshots into a folder, one after the other.

    Args:
        folder: made when the first one comes.
        signer: the post's; None leaves manifests unsigned, which they then say.
    """

    def __init__(self, folder: Path, signer: Signer | None = None) -> None:
        self._folder = folder
        self._signer = signer
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="snapshot")

    def take(self, pixels: Pixels, facts: SnapshotFacts, answer: Answer) -> None:
        """Write a snapshot soon; never blocks.

        Raises:
            SnapshotError: it may not be taken; nothing is written.
        """
        _check(facts)
        self._worker.submit(self._take, pixels, facts, answer)

    def stop(self) -> None:
        """Finish what was begun, and take no more."""
        self._worker.shutdown()

    def _take(self, pixels: Pixels, facts: SnapshotFacts, answer: Answer) -> None:
        try:
            answer(self.write(pixels, facts))
        except SnapshotError as error:
            answer(error)
        except Exception as error:  # noqa: BLE001 - on this thread nobody else would say that it failed
            answer(SnapshotError("The snapshot could not be made ({0}).", type(error).__name__))

    def write(self, pixels: Pixels, facts: SnapshotFacts) -> Written:
        """Write a snapshot now; `take` does it on the worker thread.

        Raises:
            SnapshotError: it may not be taken, or the folder cannot be written to; no file of it is left.
        """
        _check(facts)
        png = encode_png(pixels)
        manifest = _manifest(facts, pixels, png, self._signer)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            picture = self._free_path(facts)
            return _write_both(picture, png, picture.with_suffix(".json"), manifest)
        except OSError as error:
            raise SnapshotError(
                "The snapshot cannot be written to {0}: {1}.", str(self._folder), error.strerror or str(error)
            ) from error

    def _free_path(self, facts: SnapshotFacts) -> Path:
        """A file name that tells time and camera, and is not taken."""
        stamp = re.sub(r"[-:.]", "", str(facts.document()["taken_at"]))
        stem = f"{stamp}-{_NOT_IN_NAMES.sub('_', facts.camera.code)}"
        paths = (self._folder / f"{stem}{ending}.png" for ending in ("", *(f"-{n}" for n in range(2, 1000))))
        return next(path for path in paths if not path.exists())


def _check(facts: SnapshotFacts) -> None:
    if facts.refusal is not None:
        raise SnapshotError("This snapshot may not be taken: {0}.", facts.refusal.value)


def _write_both(picture: Path, png: bytes, manifest: Path, text: bytes) -> Written:
    """The manifest comes last: a picture without one is no snapshot, and is taken away where it fails."""
    try:
        for path, data in ((picture, png), (manifest, text)):
            with in_place_of(path) as file:
                file.write(data)
    except OSError:
        for path in (picture, manifest):
            with suppress(OSError):
                path.unlink()
        raise
    return Written(str(picture), str(manifest))


def _manifest(facts: SnapshotFacts, pixels: Pixels, png: bytes, signer: Signer | None) -> bytes:
    picture_file = {
        "sha256": hashlib.sha256(png).hexdigest(),
        "width_px": pixels.width_px,
        "height_px": pixels.height_px,
    }
    snapshot = {**facts.document(), "file": picture_file}
    signature = None
    if signer is not None:
        signature = {"alg": ALGORITHM, "key": signer.public_key, "value": signer.sign(_canonical(snapshot))}
    document = {"version": VERSION, "snapshot": snapshot, "signature": signature}
    return json.dumps(document, indent=2, ensure_ascii=False).encode() + b"\n"


def _canonical(snapshot: object) -> bytes:
    """What is signed: one spelling of the same facts, whatever the file's layout."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def encode_png(pixels: Pixels) -> bytes:
    """The picture as a PNG: eight bits a colour, no transparency (ISO/IEC 15948)."""
    rows = np.frombuffer(pixels.data, np.uint8).reshape(pixels.height_px, pixels.width_px, 4)
    filtered = np.zeros((pixels.height_px, 1 + pixels.width_px * 3), np.uint8)  # filter 0 before each row
    filtered[:, 1:] = rows[..., 2::-1].reshape(pixels.height_px, -1)
    header = struct.pack(">IIBBBBB", pixels.width_px, pixels.height_px, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(filtered.tobytes(), _LEVEL)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# ---- looking at one again


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a snapshot later.

    Attributes:
        is_whole: the picture is the one that the manifest speaks of, and nothing in the manifest was changed.
        key: by which public key it was signed; None where it was not. Whose key that is the registry knows.
        problem: what is wrong, one sentence; empty where nothing is.
    """

    is_whole: bool
    key: Mapping[str, str] | None = None
    problem: str = ""


def verify(manifest: Path) -> Verdict:
    """Look at a manifest and at the picture beside it."""
    try:
        document = _load(manifest)
        png = manifest.with_suffix(".png").read_bytes()
    except (OSError, ValueError) as error:
        return Verdict(is_whole=False, problem=f"It cannot be read: {error}.")
    snapshot, signature = document.get("snapshot"), document.get("signature")
    if not isinstance(snapshot, dict) or not isinstance(snapshot.get("file"), dict):
        return Verdict(is_whole=False, problem="The manifest does not say what the picture is.")
    if snapshot["file"].get("sha256") != hashlib.sha256(png).hexdigest():
        return Verdict(is_whole=False, problem="The picture is not the one that the manifest speaks of.")
    if signature is None:
        return Verdict(is_whole=True, problem="Nobody has signed it: its maker is not proven.")
    key = _signing_key(signature, _canonical(snapshot))
    if key is None:
        return Verdict(is_whole=False, problem="The signature is not of this manifest.")
    return Verdict(is_whole=True, key=key)


def _load(manifest: Path) -> dict[str, Any]:
    """The manifest's document.

    Raises:
        ValueError: it is none of this version.
    """
    with manifest.open("rb") as file:
        text = file.read(MANIFEST_MAX_BYTES + 1)
    if len(text) > MANIFEST_MAX_BYTES:
        raise ValueError("it is too long for a manifest")
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ValueError(f"it is no manifest of version {VERSION}")
    return document


def _signing_key(signature: object, data: bytes) -> Mapping[str, str] | None:
    """The public key that a signature is by, None where it is not of those bytes."""
    if not isinstance(signature, dict) or signature.get("alg") != ALGORITHM:
        return None
    key, value = signature.get("key"), signature.get("value")
    if not isinstance(key, dict):
        return None
    try:
        x, y = (int.from_bytes(_bytes(key[name])) for name in "xy")
        public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        numbers = _bytes(value)
        halves = numbers[:_COORDINATE_BYTES], numbers[_COORDINATE_BYTES:]
        der = utils.encode_dss_signature(*(int.from_bytes(half) for half in halves))
        public.verify(der, data, ec.ECDSA(SHA256()))
    except (TypeError, KeyError, ValueError, InvalidSignature):
        return None
    return {name: str(part) for name, part in key.items()}


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise TypeError("no text")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
