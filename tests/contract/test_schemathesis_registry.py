"""Schemathesis reads the contract file and tries the running reference registry, with and without a token."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from people_kit import started
from reference_registry_kit import CONTRACT, EVERYTHING, PostClient, RegistryProcess
from wall_kit import reported

from app.demo.registry.access import AccessStore
from app.demo.registry.database import Database

CONTRACT_FILE = Path(__file__).parents[2] / "resources/openapi/registry.v1.json"
CAMERAS = """code,name,kelurahan,main_url,sub_url,username,password
G-1,Gudang,Cideng,rtsp://10.1.2.3/main,rtsp://10.1.2.4/sub,admin,rahasia
G-2,Pagar,Desa Baru,rtsp://10.1.2.3/main,,,
"""
OPERATIONS = sum(len(item) for item in CONTRACT["paths"].values())
EXAMPLES = 12
SEED = 20_261_120
EXTRA_S = 90
"""How much longer than it was told it may take on a machine that is busy."""

# Valid in form, but of no use here: an unknown cursor is answered with 410, and a key's coordinates can be
# any 32 bytes by their form, of which next to none are a point of the curve (400). A journal is text whatever
# is sent, and a line that is no event is refused inside a 200. Layouts: cells may overlap (400), the one of the
# drawn id is not there (404), and what `If-Match` names was never seen (412, 428). Walls: the same, and hours may
# overlap (400).
SEMANTIC_REFUSALS = """
[[operations]]
include-path = "/v1/changes"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "410"]
{parameters}

[[operations]]
include-path = "/v1/enrolments"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "403", "429"]

[[operations]]
include-path = "/v1/layouts/{{layout_id}}"
checks.positive_data_acceptance.expected-statuses = ["2xx", "304", "400", "401", "404", "409", "412", "428"]
{chief}

[[operations]]
include-path-regex = "^/v1/walls"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "404", "412", "428"]
{wall}
{chief}

[[operations]]
include-path = "/v1/audit-events"
include-method = "POST"
checks.negative_data_rejection.expected-statuses = ["2xx", "4xx"]
"""
HOOKS = """import schemathesis
schemathesis.serializer.alias("application/x-ndjson", "text/plain")
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server keeps everything in."""
    return tmp_path_factory.mktemp("schemathesis") / "registry.sqlite"


@pytest.fixture(scope="module")
def registry(file: Path) -> Iterator[RegistryProcess]:
    cameras = file.with_name("cameras.csv")
    cameras.write_text(CAMERAS, encoding="utf-8")
    with RegistryProcess("--data", file, "--cameras", cameras) as process:
        yield process


def second_post(registry: RegistryProcess, file: Path) -> PostClient:
    """A post enrolled with a code that was put into the file that the server has open."""
    with closing(Database(file)) as database:
        return PostClient(registry.url, AccessStore(database, time.time).issue_code("Pos Kedua", EVERYTHING))


def on_duty(registry: RegistryProcess, post: PostClient, role: str) -> PostClient:
    """The post with an officer of that role, one of the demo's."""
    (officer,) = [each for each in registry.announced["officers"] if each["role"] == role]
    post.shift = started(post, officer["service_number"], officer["pin"])["token"]
    return post


def headers_of(post: PostClient) -> str:
    return f'headers = {{ Authorization = "Bearer {post.token}", Pantau-Shift = "{post.shift}" }}'


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
    assert f"Tested: {OPERATIONS}" in said, said
    return "" if done.returncode == 0 else said


def test_nothing_is_found_with_a_token(registry: RegistryProcess, file: Path, tmp_path: Path) -> None:
    expert = on_duty(registry, registry.post(), "it")
    chief = on_duty(registry, second_post(registry, file), "chief")
    reported(chief)
    wall = f"parameters = {{ wall_id = {json.dumps(chief.id)}, wait_s = 0 }}"
    parameters = f"parameters = {{ cursor = {json.dumps(expert.cursor())}, wait_s = 0 }}"
    refusals = SEMANTIC_REFUSALS.format(parameters=parameters, wall=wall, chief=headers_of(chief))
    assert findings(tmp_path, registry.url, f"{headers_of(expert)}\n{refusals}", limit_s=40) == ""


def test_nothing_is_found_without_a_token(registry: RegistryProcess, tmp_path: Path) -> None:
    configuration = SEMANTIC_REFUSALS.format(parameters="", wall="", chief="")
    assert findings(tmp_path, registry.url, configuration, limit_s=24) == ""
