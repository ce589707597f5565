"""Finds what the product says to people: every `tr("Context", "text")` of its source, the template of every error
and `Sentence`, and what cannot be said so.

Owning thread: the main thread. Standard library only. Qt's own lupdate is not used: it is silent about a `tr` that
takes values, which it passes over, and about texts that are made up on the spot.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

TRANSLATE = "tr"
"""`ui.texts.tr(context, source, *values)`."""
MARK = "QT_TRANSLATE_NOOP"
"""`QT_TRANSLATE_NOOP(context, source)`: a text that stands in a table and is given to `tr` later."""
SHOWING = frozenset(
    {
        *("QAction", "QCheckBox", "QGroupBox", "QLabel", "QMenu", "QPushButton", "QRadioButton"),
        *("addAction", "addItem", "addMenu", "addSection", "addTab", "drawText"),
        *("setAccessibleDescription", "setAccessibleName", "setPlaceholderText", "setPrefix", "setStatusTip"),
        *("setSuffix", "setText", "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle"),
    }
)
"""What of Qt takes a text that a person reads."""
SENTENCE = "Sentence"
"""`app.core.sentence.Sentence(template, *values)`."""
ERROR = "ConsoleError"
"""The root of the errors: they, too, begin with a template and its values."""
ERROR_CONTEXT = "Error"
"""Where both belong: `ui.texts.sentence` looks them up there."""
HANDED_ON = "template"
"""The name under which an error's constructor passes on what its caller has written out."""
PLACEHOLDER = re.compile(r"\{(\d+)\}")
_TOO_EARLY = "tr on import, before a language is chosen: mark the text with QT_TRANSLATE_NOOP"
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A text for people.

    Attributes:
        context: where it belongs: Qt Linguist groups by it.
        source: the English text.
    """

    context: str
    source: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A call that keeps a text from being translated."""

    module: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Strings:
    """What was found in the source."""

    messages: tuple[Message, ...]
    problems: tuple[Problem, ...]


def strings_of(sources: Mapping[str, str]) -> Strings:
    """Every text for people in some modules, each once and in order, and what is wrong.

    Args:
        sources: the modules' texts by their names.
    """
    trees = {name: ast.parse(text) for name, text in sources.items()}
    calls = {name: [node for node in ast.walk(tree) if isinstance(node, ast.Call)] for name, tree in trees.items()}
    marks = {_literal(call, 0) for found in calls.values() for call in found if _name(call) == MARK}
    marked = marks | {ERROR_CONTEXT}
    speakers = _speakers(trees.values())
    messages, problems = set(), []
    for module, found in calls.items():
        for call in found:
            message = _template(call) if _name(call) in speakers else _message(call)
            if message is not None:
                messages.add(message)
            faults = _template_problems(call) if _name(call) in speakers else _problems(call, marked)
            problems += [Problem(module, call.lineno, what) for what in faults]
        problems += [Problem(module, call.lineno, _TOO_EARLY) for call in _said_on_import(trees[module])]
    return Strings(tuple(sorted(messages)), tuple(sorted(problems)))


def placeholders(text: str) -> frozenset[int]:
    """The numbers of the values that a text has places for: `{0}`, `{1}` …"""
    return frozenset(int(number) for number in PLACEHOLDER.findall(text))


def _said_on_import(node: ast.AST) -> Iterator[ast.Call]:
    """The `tr` calls outside of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call) and _name(child) == TRANSLATE:
            yield child
        yield from _said_on_import(child)


def _speakers(trees: Iterable[ast.AST]) -> frozenset[str]:
    """The names of what begins with a template: `Sentence`, the root of the errors and every class that is one."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found, before = {SENTENCE, ERROR}, 0
    while len(found) > before:
        before = len(found)
        found |= {each.name for each in classes if any(_named(base) in found for base in each.bases)}
    return frozenset(found)


def _template(call: ast.Call) -> Message | None:
    """What an error or a sentence says; nothing to translate where it is made of its values alone."""
    source = _literal(call, 0)
    return Message(ERROR_CONTEXT, source) if source is not None and _WORD.search(source) else None


def _template_problems(call: ast.Call) -> Iterator[str]:
    source = _literal(call, 0)
    if source is not None:
        yield from _value_problems(call.args[1:], source)
    elif not (call.args and _named(call.args[0]) == HANDED_ON):
        yield f"{_name(call)} takes a template that is written out, and then its values"


def _message(call: ast.Call) -> Message | None:
    context, source = _literal(call, 0), _literal(call, 1)
    if _name(call) not in (TRANSLATE, MARK) or context is None or source is None:
        return None
    return Message(context, source)


def _problems(call: ast.Call, marked: Iterable[str | None]) -> Iterator[str]:
    match _name(call):
        case "tr" if isinstance(call.func, ast.Attribute):
            yield "a widget's own tr(): use ui.texts.tr"
        case "tr":
            yield from _translate_problems(call, marked)
        case "QT_TRANSLATE_NOOP" if _literal(call, 0) is None or _literal(call, 1) is None:
            yield "QT_TRANSLATE_NOOP takes two texts that are written out"
        case name if name in SHOWING and any(
            _WORD.search(_literal(call, at) or "") for at in range(len(call.args))
        ):
            yield f"{name} is given a text that nobody translates"


def _translate_problems(call: ast.Call, marked: Iterable[str | None]) -> Iterator[str]:
    context, source = _literal(call, 0), _literal(call, 1)
    if context is None:
        yield "tr takes a context that is written out"
    elif source is not None:
        yield from _value_problems(call.args[2:], source)
    elif len(call.args) < 2 or isinstance(call.args[1], ast.JoinedStr | ast.BinOp | ast.Call):
        yield "tr takes a text that is written out or stands in a table, none that is made up on the spot"
    elif context not in marked:
        yield f"tr takes a text from elsewhere, but no text of {context} is marked with QT_TRANSLATE_NOOP"


def _value_problems(values: Sequence[ast.expr], source: str) -> Iterator[str]:
    wanted = placeholders(source)
    if not any(isinstance(value, ast.Starred) for value in values) and wanted != frozenset(range(len(values))):
        yield f"{len(values)} values for {source!r}"


def _name(call: ast.Call) -> str:
    return _named(call.func)


def _named(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _literal(call: ast.Call, position: int) -> str | None:
    node = call.args[position] if position < len(call.args) else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
