"""The map of the product holds: imports follow the allow-list, and the reader of imports misses none."""

from __future__ import annotations

import pytest

from tests.architecture.import_rules import RULES, product_modules, rule_for, violations

MODULES = product_modules()
NAMES = frozenset({*MODULES, "app.video.host", "app.registry.client", "app.core.model", "app.demo.scenes"})


def test_there_is_a_product_to_check() -> None:
    assert {"app.core.model", "app.bootstrap"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_place_in_the_map_allows(module: str) -> None:
    found = violations(module, MODULES[module].read_text("utf-8"), frozenset(MODULES))
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("app.core.layout", "import PySide6.QtCore"),
        ("app.core.layout", "import time"),
        ("app.core.layout", "from os import path"),
        ("app.core.layout", "import app.config"),
        ("app.console.console", "from app.video import supervisor"),
        ("app.console", "from PySide6 import QtCore"),
        ("app.registry.sync", "import requests"),
        ("app.registry.sync", "from requests.adapters import HTTPAdapter"),
        ("app.registry.client", "from app.video.host import Host"),
        ("app.registry.client", "import keyring"),
        ("app.video.slots", "import av"),
        ("app.video.engines.av", "import vlc"),
        ("app.video.engines.vlc", "import av"),
        ("app.video.engines.vlc", "if TYPE_CHECKING:\n    import vlc\nelse:\n    import av"),
        ("app.console", "if TYPE_CHECKING:\n    import av"),
        ("app.video.supervisor", "from app.registry import client"),
        ("app.demo.scenes", "import av"),
        ("app.demo.scenes", "from app.video.host import Host"),
        ("app.cli", "from app.video.host import Host"),
        ("app.credentials", "import requests"),
        ("app.new_module", "import av"),
        ("ui.tile_view", "from app.video.host import Host"),
        ("ui.tile_view", "from app.demo import scenes"),
        ("ui.tile_view", "from app import video"),
        ("ui.tile_view", "import tests.waiting"),
        # however it is written
        ("app.core.layout", "def f():\n    import requests"),
        ("app.core.layout", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ui"),
        ("app.core.layout", "try:\n    import keyring\nexcept ImportError:\n    keyring = None"),
        ("app.core.layout", "from ..video import host"),
        ("app.core.layout", "from .. import video"),
        ("app.core.layout", "import importlib\nimportlib.import_module('PySide6')"),
        ("app.core.layout", "__import__('vlc')"),
        ("app.core.layout", "import json, socket"),
        ("ui.tile_view", "import importlib\nname = 'a' + 'v'\nimportlib.import_module(name)"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str) -> None:
    assert len(violations(module, source, NAMES)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("app.core.layout", "import numpy as np\nimport math\nfrom app.core.model import Camera"),
        ("app.core.layout", "from . import model\nfrom .model import Camera"),
        ("app.registry.client", "import requests\nfrom app.registry import parse\nimport threading"),
        ("app.video.engines.vlc", "import vlc\nfrom app.video.engines import base"),
        ("app.video.engines.base", "if TYPE_CHECKING:\n    from av.packet import Packet"),
        ("app.video.ingest", "import av\nfrom av.packet import Packet"),
        ("app.credentials", "import keyring.backends"),
        ("app.bootstrap", "from app.video.supervisor import Supervisor\nfrom app.demo import world"),
        ("ui.main", "from app.cli import parse\nfrom PySide6.QtWidgets import QWidget\nfrom ui import theme"),
    ],
)
def test_an_allowed_import_passes(module: str, source: str) -> None:
    assert violations(module, source, NAMES) == []


def test_the_nearest_rule_counts() -> None:
    assert rule_for("app.video.engines.vlc").packages == {"numpy", "vlc"}
    assert rule_for("app.video.engines.base").module == "app.video"
    assert rule_for("app.videos").module == "app"


@pytest.mark.parametrize(
    ("package", "owners"),
    [
        ("requests", {"app.registry.client"}),
        ("keyring", {"app.credentials"}),
        ("av", {"app.video.ingest", "app.video.engines.av", "app.doctor.pictures"}),
        ("vlc", {"app.video.engines.vlc"}),
        ("PySide6", {"ui"}),
    ],
)
def test_a_package_has_the_owners_that_the_map_names(package: str, owners: set[str]) -> None:
    assert {rule.module for rule in RULES if package in rule.packages} == owners


def test_only_what_puts_things_together_may_import_the_adapters() -> None:
    adapters = {"app.registry", "app.video", "app.credentials", "app.audit"}
    allowed = {rule.module for rule in RULES for ours in rule.ours if ours in adapters or ours == "app"}
    outside = {module for module in allowed if not any(module.startswith(each) for each in adapters)}
    assert outside == {"app.bootstrap", "app.enrolment", "app.doctor"}
