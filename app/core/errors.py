"""The exception tree. Expected failures of a camera are states (`failure.py`); an exception means surprise.

    ConsoleError
    ├── ConfigError      a setting, file or command-line value that cannot be used
    ├── RegistryError    the central registry refused, failed or could not be reached
    ├── SecretError      the keyring cannot hold or give a secret
    └── VideoError       a video host or engine could not be started

Every message is one sentence for a person and names what and where; `str(error)` may be shown and logged:
whoever raises one has scrubbed it (`redact.py`).
"""


class ConsoleError(Exception):
    """The root of everything Pantau raises on purpose."""


class ConfigError(ConsoleError):
    """A setting, file or command-line value that cannot be used."""


class RegistryError(ConsoleError):
    """The central registry refused, failed or could not be reached.

    Args:
        message: one sentence for a person.
        code: the problem code of the contract (`"unreachable"` where no answer came at all).
        retryable: whether the same request may succeed later.
        retry_after_s: what the server asked to wait, seconds, if it did.
    """

    def __init__(
        self, message: str, *, code: str, retryable: bool = False, retry_after_s: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable
        self.retry_after_s = retry_after_s


class SecretError(ConsoleError):
    """The keyring cannot hold or give a secret."""


class VideoError(ConsoleError):
    """A video host or engine could not be started."""
