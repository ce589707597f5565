"""The conventions that a program can check, and the exceptions from them, each with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

LONG_FILES: Mapping[str, str] = MappingProxyType({})
"""Module → why it is longer than `MAX_FILE_LINES`."""
LONG_FUNCTIONS: Mapping[str, str] = MappingProxyType({})
"""`module.function` → why it is longer than `MAX_FUNCTION_LINES`."""
SPEAKERS: Mapping[str, str] = MappingProxyType(
    {
        "app.cli": "answers at the prompt",
        "app.audit.command": "answers at the prompt",
        "app.config.settings_command": "answers at the prompt",
        "app.conformance.command": "answers at the prompt",
        "app.diagnose": "answers at the prompt",
        "app.doctor.command": "answers at the prompt",
        "app.doctor.pictures": "answers the preflight on stdout",
        "app.demo.registry.command": "answers at the prompt",
        "app.demo.registry.enrol_command": "answers at the prompt, and prints new codes once",
        "app.demo.registry.offer": "answers at the prompt",
        "app.demo.registry.officer_command": "answers at the prompt, and prints new PINs once",
        "app.demo.registry.server": "announces its address to its parent on stdout",
        "app.demo.simulator.command": "answers at the prompt, announces its address on stdout",
    }
)
"""Module → why it may print; every other one logs."""
NEVER_SLEEPS = ("app.core", "app.console", "ui")

UPPER_NAME = re.compile(r"_?[A-Z][A-Z0-9_]*")
CONTAINER_MAKERS = frozenset(
    {"list", "dict", "set", "bytearray", "defaultdict", "deque", "OrderedDict", "Counter"}
)
MUTATORS = frozenset(
    {
        *("add", "append", "appendleft", "clear", "discard", "extend", "extendleft", "insert", "pop", "popleft"),
        *("popitem", "remove", "reverse", "rotate", "setdefault", "sort", "update"),
    }
)

Finding = tuple[int, str]
"""A line, and what is wrong there."""


def all_findings(module: str, source: str) -> list[Finding]:
    """What a module does against the rules, by line.

    Args:
        module: its dotted name.
        source: its text.
    """
    tree = ast.parse(source)
    checks = (
        too_long_file(module, source),
        too_long_functions(module, tree),
        missing_docstring(tree),
        prints(module, tree),
        bare_excepts(tree),
        sleeps(module, tree),
        mutable_globals(tree),
        unfinished_work(source),
    )
    return sorted(finding for check in checks for finding in check)


def too_long_file(module: str, source: str) -> Iterator[Finding]:
    """Files over the limit that nobody gave a reason for."""
    lines = len(source.splitlines())
    if lines > MAX_FILE_LINES and module not in LONG_FILES:
        yield 1, f"{lines} lines in a file"


def too_long_functions(module: str, tree: ast.Module) -> Iterator[Finding]:
    """Functions over the limit that nobody gave a reason for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES and f"{module}.{node.name}" not in LONG_FUNCTIONS:
                yield node.lineno, f"{lines} lines in {node.name}"


def missing_docstring(tree: ast.Module) -> Iterator[Finding]:
    """Modules that do not say what they are for."""
    if ast.get_docstring(tree) is None:
        yield 1, "no module docstring"


def prints(module: str, tree: ast.Module) -> Iterator[Finding]:
    """`print` outside the modules that talk to a person at the prompt."""
    for node in ast.walk(tree):
        if module not in SPEAKERS and isinstance(node, ast.Call) and _dotted(node.func) == "print":
            yield node.lineno, "print()"


def bare_excepts(tree: ast.Module) -> Iterator[Finding]:
    """`except:` without a class: it also swallows Ctrl+C."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield node.lineno, "bare except"


def sleeps(module: str, tree: ast.Module) -> Iterator[Finding]:
    """Sleep where the GUI thread runs."""
    if not any(module == each or module.startswith(each + ".") for each in NEVER_SLEEPS):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _dotted(node.func) in {"time.sleep", "sleep"}:
            yield node.lineno, "sleep()"
        elif isinstance(node, ast.Attribute) and node.attr == "processEvents":
            yield node.lineno, "processEvents"


def mutable_globals(tree: ast.Module) -> Iterator[Finding]:
    """Containers at module level that are not constants, constants that are changed, and `global`."""
    constants = set()
    for node in tree.body:
        name, value, is_final = _assignment(node)
        if name is None or value is None or not _is_container(value):
            continue
        constants.add(name)
        if not is_final and not UPPER_NAME.fullmatch(name) and name != "__all__":
            yield node.lineno, f"{name} is a container at module level"
    for inner in ast.walk(tree):
        if isinstance(inner, ast.Global):
            yield inner.lineno, f"global {', '.join(inner.names)}"
        elif (changed := _changed_name(inner)) in constants:
            yield inner.lineno, f"{changed} is changed"  # type: ignore[attr-defined]


def unfinished_work(source: str) -> Iterator[Finding]:
    """Notes about work that is still to be done: they belong in an issue."""
    for number, line in enumerate(source.splitlines(), start=1):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
            yield number, "unfinished work"


def _assignment(node: ast.stmt) -> tuple[str | None, ast.expr | None, bool]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id, node.value, False
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id, node.value, "Final" in ast.unparse(node.annotation)
    return None, None, False


def _is_container(value: ast.expr) -> bool:
    literals = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    if isinstance(value, literals):
        return True
    return isinstance(value, ast.Call) and _dotted(value.func).rpartition(".")[2] in CONTAINER_MAKERS


def _changed_name(node: ast.AST) -> str:
    """The name that a node changes in place: `X[…] = `, `del X[…]`, `X += …`, `X.append(…)`; else empty."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return _dotted(node.value)
    if isinstance(node, ast.AugAssign):
        return _dotted(node.target)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
        return _dotted(node.func.value)
    return ""


def _dotted(node: ast.expr) -> str:
    """`a.b.c` of an expression made of names alone, else empty."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""
