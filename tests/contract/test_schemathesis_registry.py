"""Schemathesis reads the contract file and tries the running reference registry, with and without a token."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from reference_registry_kit import RegistryProcess

CONTRACT_FILE = Path(__file__).parents[2] / "resources/openapi/registry.v1.json"
CAMERAS = """code,name,kelurahan,main_url,sub_url,username,password
G-1,Gudang,Cideng,rtsp://10.1.2.3/main,rtsp://10.1.2.4/sub,admin,rahasia
G-2,Pagar,Desa Baru,rtsp://10.1.2.3/main,,,
"""
EXAMPLES = 12
SEED = 20_261_120
EXTRA_S = 90
"""How much longer than it was told it may take on a machine that is busy."""

# Valid in form, but of no use here: an unknown cursor is answered with 410, and a key's coordinates can be
# any 32 bytes by their form, of which next to none are a point of the curve (400). A journal is text whatever
# is sent, and a line that is no event is refused inside a 200.
SEMANTIC_REFUSALS = """
[[operations]]
include-path = "/v1/changes"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "410"]
{parameters}

[[operations]]
include-path = "/v1/enrolments"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "403", "429"]

[[operations]]
include-path = "/v1/audit-events"
include-method = "POST"
checks.negative_data_rejection.expected-statuses = ["2xx", "4xx"]
"""
HOOKS = """import schemathesis
schemathesis.serializer.alias("application/x-ndjson", "text/plain")
"""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegistryProcess]:
    folder = tmp_path_factory.mktemp("schemathesis")
    cameras = folder / "cameras.csv"
    cameras.write_text(CAMERAS, encoding="utf-8")
    with RegistryProcess("--data", folder / "registry.sqlite", "--cameras", cameras) as process:
        yield process


def findings(folder: Path, url: str, configuration: str, limit_s: int) -> str:
    """What it found, empty if nothing."""
    config, hooks = folder / "schemathesis.toml", folder / "ndjson_hooks.py"
    config.write_text(configuration, encoding="utf-8")
    hooks.write_text(HOOKS, encoding="utf-8")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", str(CONTRACT_FILE)]
    command += ["--url", url, "--max-time", str(limit_s), "--max-examples", str(EXAMPLES), "--seed", str(SEED)]
    command += ["--continue-on-failure", "--no-color"]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(folder), "SCHEMATHESIS_HOOKS": hooks.stem},
        capture_output=True,
        timeout=limit_s + EXTRA_S,
        check=False,
    )
    said = done.stdout.decode() + done.stderr.decode()
    assert "Tested: 17" in said, said
    return "" if done.returncode == 0 else said


def test_nothing_is_found_with_a_token(registry: RegistryProcess, tmp_path: Path) -> None:
    post = registry.post()
    (expert,) = [each for each in registry.announced["officers"] if each["role"] == "it"]
    body = {name: expert[name] for name in ("service_number", "pin")}
    shift = post.ask("POST", "/v1/shifts", json=body).json()["token"]
    parameters = f"parameters = {{ cursor = {json.dumps(post.cursor())}, wait_s = 0 }}"
    headers = f'headers = {{ Authorization = "Bearer {post.token}", Pantau-Shift = "{shift}" }}\n'
    configuration = headers + SEMANTIC_REFUSALS.format(parameters=parameters)
    assert findings(tmp_path, registry.url, configuration, limit_s=30) == ""


def test_nothing_is_found_without_a_token(registry: RegistryProcess, tmp_path: Path) -> None:
    assert findings(tmp_path, registry.url, SEMANTIC_REFUSALS.format(parameters=""), limit_s=12) == ""
