"""The exception tree. Expected failures of a camera are states (`failure.py`); an exception means surprise.

    ConsoleError
    ├── ConfigError      a setting, file or command-line value that cannot be used
    ├── RegistryError    the central registry refused, failed or could not be reached
    ├── SecretError      the keyring cannot hold or give a secret
    └── VideoError       a video host or engine could not be started

Every message is one sentence for a person and names what and where; `str(error)` is its English and may be shown
and logged: whoever raises one has scrubbed it (`redact.py`).

What can come before an officer is raised as a template that is written out, and its values (`sentence.py`): then a
window says it in the officer's language. The border is the terminal: `app.cli`, `app.bootstrap`, `app.conformance`
and `app.demo` talk to whoever starts the program by a command, in English alone, and may make up their sentences
on the spot.
What a video host measured (a `Failure.detail` that is a text) is for technical support: English, too.
"""

from __future__ import annotations

from app.core.sentence import Sentence, Value


class ConsoleError(Exception):
    """The root of everything Pantau raises on purpose.

    Args:
        template: one sentence for a person in English, with `{0}`, `{1}` … where its values go.
        values: what fills the places; of another error, its sentence.

    Attributes:
        sentence: both together, as data.
    """

    def __init__(self, template: str, *values: Value | ConsoleError) -> None:
        said = (value.sentence if isinstance(value, ConsoleError) else value for value in values)
        self.sentence: Sentence = Sentence(template, *said)
        super().__init__(str(self.sentence))

    @property
    def template(self) -> str:
        """The English text with places for the values."""
        return self.sentence.template

    @property
    def values(self) -> tuple[Value, ...]:
        """What fills the places."""
        return self.sentence.values


class ConfigError(ConsoleError):
    """A setting, file or command-line value that cannot be used."""


class RegistryError(ConsoleError):
    """The central registry refused, failed or could not be reached.

    Args:
        template: one sentence for a person, with places for its values.
        values: what fills the places.
        code: the problem code of the contract (`"unreachable"` where no answer came at all).
        retryable: whether the same request may succeed later.
        retry_after_s: what the server asked to wait, seconds, if it did.
    """

    def __init__(
        self,
        template: str,
        *values: Value | ConsoleError,
        code: str,
        retryable: bool = False,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(template, *values)
        self.code = code
        self.retryable = retryable
        self.retry_after_s = retry_after_s


class SecretError(ConsoleError):
    """The keyring cannot hold or give a secret."""


class VideoError(ConsoleError):
    """A video host or engine could not be started."""
