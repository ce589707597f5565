"""Signs programs and installers with a certificate that is given.

SIGN_PFX names its file, SIGN_PASSWORD_FILE the file with its password. Nothing is signed without them, and
neither is ever printed. Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devtools.steps import SetupError, run_step

TIMESTAMP_VARIABLE = "SIGN_TIMESTAMP_URL"
"""Of an RFC 3161 service; without one a signature ends with its certificate."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A certificate with its key.

    Attributes:
        file: PKCS #12.
        password_file: its password; osslsigncode reads it, no command line shows it.
        timestamp_url: empty for none.
    """

    file: Path
    password_file: Path
    timestamp_url: str = ""


def signing_key(environment: Mapping[str, str]) -> SigningKey | None:
    """The certificate that the environment names; None for none.

    Raises:
        SetupError: it names one that is not there, or half of one.
    """
    file, password_file = environment.get("SIGN_PFX", ""), environment.get("SIGN_PASSWORD_FILE", "")
    if not file and not password_file:
        return None
    for name, path in (("SIGN_PFX", file), ("SIGN_PASSWORD_FILE", password_file)):
        if not path or not Path(path).is_file():
            raise SetupError(f"{name} names no file: to sign, both SIGN_PFX and SIGN_PASSWORD_FILE are needed.")
    return SigningKey(Path(file), Path(password_file), environment.get(TIMESTAMP_VARIABLE, ""))


def sign(path: Path, key: SigningKey) -> None:
    """Sign a program or an installer in place.

    Raises:
        SetupError: the certificate does not fit its password, or the file cannot be signed.
    """
    signed = path.with_name(f"{path.name}.signed")
    argv = ["osslsigncode", "sign", "-pkcs12", str(key.file), "-readpass", str(key.password_file), "-h", "sha256"]
    argv += ["-n", "Pantau", *(["-ts", key.timestamp_url] if key.timestamp_url else [])]
    argv += ["-add-msi-dse"] if path.suffix == ".msi" else []
    run_step(f"Signing {path.name}", [*argv, "-in", str(path), "-out", str(signed)])
    signed.replace(path)
