"""Reads the rows of a CSV file that somebody has written, with a comma or a semicolon, in Excel or by hand.

Runs in the thread that calls it; it must not import the registry.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.core.errors import ConfigError
from app.core.model import Reject
from app.core.sentence import quoted

REST = ""
"""Names what a row has beyond its columns."""
_FILE_MAX_BYTES = 16 * 1024 * 1024


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the first row of a file says.

    Attributes:
        columns: all that it may name.
        required: those that it has to name.
        verbatim: those whose values keep the blanks around them.
    """

    columns: tuple[str, ...]
    required: tuple[str, ...]
    verbatim: tuple[str, ...] = ()


class RowError(ValueError):
    """What is wrong with one column of a row."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def read_rows(path: Path, heading: Heading) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows below the heading by column, with the number of their line in the file.

    Raises:
        ConfigError: the file cannot be read or has no usable heading; one sentence.
    """
    text = _read(path)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in heading.required if name not in columns]
        if missing:
            raise ConfigError(f"{path} has no column {missing[0]}: its first row is {','.join(heading.columns)}.")
        for values in reader:
            if any(value.strip() for value in values):
                yield reader.line_num, _named(columns, values, heading.verbatim)
    except csv.Error as error:
        raise ConfigError(f"{path}, row {reader.line_num}, is no CSV: {error}.") from error


def read_unique(
    path: Path, heading: Heading, key: str, make: Callable[[Mapping[str, str]], Row], key_of: Callable[[Row], str]
) -> tuple[tuple[Row, ...], tuple[Reject, ...]]:
    """What the good rows are, and what was wrong with the others: a bad one never sinks the rest.

    Args:
        path: the file.
        heading: its columns.
        key: the column whose value no two rows may share.
        make: what a row is; may raise a RowError.
        key_of: that value of what was made.

    Raises:
        ConfigError: the file cannot be read or has no usable heading; one sentence.
    """
    found: dict[str, Row] = {}
    rejected: list[Reject] = []
    for number, row in read_rows(path, heading):
        try:
            made = make(row)
            if key_of(made) in found:
                raise RowError(key, "comes twice in the file")
            found[key_of(made)] = made
        except RowError as error:
            rejected.append(Reject(number, error.column, quoted(error.reason)))
    return tuple(found.values()), tuple(rejected)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_FILE_MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or type(error).__name__}.") from error
    if len(data) > _FILE_MAX_BYTES:
        raise ConfigError(f"{path} is larger than {_FILE_MAX_BYTES // 1024 // 1024} MiB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}, row {line}, is not UTF-8 text: save the file as CSV UTF-8.") from error


def _named(columns: list[str], values: list[str], verbatim: tuple[str, ...]) -> dict[str, str]:
    """The row's values by column, without the blanks around them unless those belong to it."""
    padded = [*values, *[""] * len(columns)]
    row = {
        name: value if name in verbatim else value.strip() for name, value in zip(columns, padded, strict=False)
    }
    return {**row, REST: "".join(values[len(columns) :]).strip()}
