"""Who may import what in `app/` and `ui/`: an allow-list, and a reader of imports that misses none.

What is not allowed is forbidden: a new module has the rule of its nearest parent, a new package needs a line.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("app", "ui", "resources", "tests", "tools", "devtools", "dev")
"""Top-level names of this repository; all but `app` and `ui` are never imported by the product."""
NOT_PURE = frozenset(
    {
        *("asyncio", "concurrent", "ctypes", "glob", "http", "io", "logging", "mmap", "multiprocessing", "os"),
        *(
            "pathlib",
            "queue",
            "random",
            "sched",
            "select",
            "selectors",
            "shutil",
            "signal",
            "socket",
            "socketserver",
        ),
        *("sqlite3", "ssl", "subprocess", "tempfile", "threading", "time"),
    }
)
"""Standard modules that do input or output, run threads, know the time or draw lots: not for `app.core`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a module and everything below it may import besides the standard library.

    Attributes:
        module: the module; the longest one that fits counts.
        ours: the modules of this repository, each with everything below it.
        packages: third-party packages by import name.
        no_standard: standard modules that it may not import.
        types: third-party packages that it may import under `TYPE_CHECKING` alone: to name what it is handed.
    """

    module: str
    ours: tuple[str, ...]
    packages: frozenset[str] = frozenset()
    no_standard: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Import:
    """One import as written.

    Attributes:
        line: where it stands.
        name: the module.
        is_for_types: whether it stands under `TYPE_CHECKING` and never happens in the running product.
    """

    line: int
    name: str
    is_for_types: bool = False


@dataclass(frozen=True, slots=True)
class Violation:
    """An import that no rule allows."""

    module: str
    line: int
    imported: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.imported}"


def _rule(
    module: str, ours: str, packages: str = "", *, no_standard: frozenset[str] = frozenset(), types: str = ""
) -> Rule:
    return Rule(module, tuple(ours.split()), frozenset(packages.split()), no_standard, frozenset(types.split()))


RULES: tuple[Rule, ...] = (
    _rule("app", "app.core"),
    _rule("app.core", "app.core", "numpy", no_standard=NOT_PURE),
    _rule("app.config", "app.core app.config app.in_place", "platformdirs"),
    _rule("app.console", "app.core app.config app.console"),
    # the adapters: the core's data, and each other never
    _rule("app.registry", "app.core app.in_place app.registry", "jwt cryptography"),
    _rule("app.registry.client", "app.core app.registry", "jwt cryptography requests urllib3"),
    _rule("app.registry.sockets", "app.core app.registry", "urllib3"),
    _rule("app.credentials", "app.core app.credentials", "keyring cryptography"),
    _rule("app.audit", "app.core app.audit app.in_place", "filelock"),
    _rule("app.derived_key", "app.core", "cryptography"),
    _rule("app.known_officers", "app.core app.config app.derived_key", "cryptography"),
    _rule("app.refusals", "app.core app.config app.derived_key"),
    _rule("app.snapshot", "app.core app.in_place app.snapshot", "numpy cryptography"),
    _rule("app.network", "app.core", "psutil"),
    _rule("app.video", "app.core app.video", "numpy psutil", types="av"),
    _rule("app.video.host", "app.core app.memory app.video", "psutil"),
    _rule("app.video.host_process", "app.core app.video app.parts", "psutil"),
    _rule("app.video.ingest", "app.core app.video", "numpy av"),
    _rule("app.video.engines.av", "app.core app.video", "numpy av"),
    _rule("app.video.engines.vlc_place", "app.core app.video app.parts"),
    _rule("app.video.engines.vlc", "app.core app.video", "numpy vlc", types="av"),
    # another client of the contract, which shares the pure parts of the registry's adapter
    _rule(
        "app.conformance",
        "app.core app.conformance app.registry.address app.registry.fields app.registry.place"
        " app.registry.problems app.registry.wire",
        "jwt cryptography",
    ),
    # what puts them together
    _rule("app.bootstrap", "app", "psutil"),
    _rule(
        "app.cli",
        "app.cli app.audit.command app.audit.comparing app.audit_comparison app.bootstrap app.config"
        " app.conformance.command app.core app.crashes app.demo app.diagnose app.doctor.command app.event_log"
        " app.keep app.log app.open_files app.parts",
    ),
    # the preflight: what it tries it starts as processes of their own
    _rule(
        "app.doctor",
        "app.core app.config app.credentials app.demo.scenes app.doctor app.parts app.registry.client",
        "psutil",
    ),
    _rule("app.doctor.pictures", "app.core app.doctor app.video.engines", "numpy av"),
    _rule("app.record", "app.core app.config app.event_log app.log app.record"),
    _rule("app.keep", "app.core app.event_log app.keep app.parts app.signals"),
    _rule("app.diagnose", "app.core app.config app.diagnose"),
    _rule("app.belongings", "app.core app.config app.console app.log app.belongings"),
    _rule("app.enrolment", "app.core app.config app.credentials app.registry app.enrolment"),
    _rule(
        "app.audit_comparison", "app.core app.config app.audit app.credentials app.registry app.audit_comparison"
    ),
    _rule("app.memory", "", "psutil"),
    _rule("app.usage", "app.console app.memory app.report", "psutil"),
    _rule("app.report", "app.core app.report", "psutil"),
    # the reference registry and the camera simulator: other programs, which only share the contract's data
    _rule("app.in_place", ""),
    _rule("app.parts", ""),
    _rule("app.signals", ""),
    _rule("app.crashes", ""),
    _rule("app.open_files", ""),
    _rule("app.hangs", ""),
    _rule("app.demo", "app.core app.demo", "numpy fastapi starlette uvicorn pydantic sqlalchemy jwt cryptography"),
    _rule(
        "ui",
        "ui app.parts app.belongings app.bootstrap app.cli app.config app.console app.core app.hangs app.signals",
        "PySide6 shiboken6 numpy",
    ),
    _rule("app.demo.world", "app.core app.demo app.parts"),
    _rule(
        "app.demo.registry.workers",
        "app.core app.demo app.parts",
        "numpy fastapi starlette uvicorn pydantic sqlalchemy jwt cryptography",
    ),
)


def rule_for(module: str, rules: Iterable[Rule] = RULES) -> Rule:
    """The rule with the longest name that the module lies in."""
    return max((rule for rule in rules if _is_in(module, rule.module)), key=lambda rule: len(rule.module))


def _is_in(module: str, parent: str) -> bool:
    return module == parent or module.startswith(parent + ".")


def violations(module: str, source: str, modules: frozenset[str]) -> list[Violation]:
    """The imports of a module that its rule does not allow.

    Args:
        module: its dotted name.
        source: its text.
        modules: every module of the repository, to tell `from package import module` from `… import name`.
    """
    rule = rule_for(module)
    found = _imports(module, ast.parse(source), modules)
    return [Violation(module, each.line, each.name) for each in found if not _is_allowed(each, rule)]


def _is_allowed(found: Import, rule: Rule) -> bool:
    top = found.name.partition(".")[0]
    if top in OURS:
        return any(_is_in(found.name, ours) for ours in rule.ours)
    if top in sys.stdlib_module_names:
        return top not in rule.no_standard
    return top in rule.packages or (found.is_for_types and top in rule.types)


def _imports(module: str, tree: ast.Module, modules: frozenset[str]) -> Iterator[Import]:
    """Every import: at the top, in functions, under `TYPE_CHECKING`, relative, or by a call."""
    typing_lines = {line for node in ast.walk(tree) for line in _lines_for_types(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            for name in _imported_names(module, node, modules):
                yield Import(node.lineno, name, node.lineno in typing_lines)


def _lines_for_types(node: ast.AST) -> range:
    if not isinstance(node, ast.If) or not ast.unparse(node.test).endswith("TYPE_CHECKING"):
        return range(0)
    return range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1)


def _imported_names(
    module: str, node: ast.Import | ast.ImportFrom | ast.Call, modules: frozenset[str]
) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from _from_names(module, node, modules)
    elif _is_import_call(node.func):
        yield _called_name(node)


def _from_names(module: str, node: ast.ImportFrom, modules: frozenset[str]) -> Iterator[str]:
    base = _base(module, node, modules)
    for alias in node.names:
        full = f"{base}.{alias.name}"
        yield full if full in modules else base


def _base(module: str, node: ast.ImportFrom, modules: frozenset[str]) -> str:
    if not node.level:
        return node.module or ""
    is_package = any(other.startswith(module + ".") for other in modules)
    parts = module.split(".")
    kept = parts[: len(parts) - node.level + (1 if is_package else 0)]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _is_import_call(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"import_module", "__import__"}


def _called_name(node: ast.Call) -> str:
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return "a module whose name is not written out"


def product_modules(root: Path = ROOT) -> dict[str, Path]:
    """Every module of `app/` and `ui/` by its dotted name."""
    files = (path for top in ("app", "ui") for path in sorted((root / top).rglob("*.py")))
    return {".".join(_parts(path.relative_to(root))): path for path in files}


def _parts(path: Path) -> tuple[str, ...]:
    parts = path.with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts
