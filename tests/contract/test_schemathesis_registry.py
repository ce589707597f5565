"""Schemathesis reads the contract file and tries the running reference registry, with and without a token."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from reference_registry_kit import CONTRACT, EVERYTHING, RegistryProcess
from wall_kit import reported

from app.demo.registry.database import Database
from app.demo.registry.officers_seam import Officer, Role, SeamOfficers

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
# any 32 bytes by their form, of which next to none are a point of the curve (400). Layouts: cells may overlap
# (400), the one of the drawn id is not there (404), and what `If-Match` names was never seen (412, 428). Walls:
# the same, and hours may overlap (400).
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

[[operations]]
include-path-regex = "^/v1/walls"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "404", "412", "428"]
{wall}
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


def shift_of_a_chief(file: Path, post_id: str) -> str:
    """The token of a shift, put into the file that the server has open."""
    with closing(Database(file)) as database:
        chief = Officer(uuid.uuid4(), "Kompol Sari", Role.CHIEF, EVERYTHING)
        return SeamOfficers(database, time.time).begin(post_id, chief)


def findings(folder: Path, url: str, configuration: str, limit_s: int) -> str:
    """What it found, empty if nothing."""
    config = folder / "schemathesis.toml"
    config.write_text(configuration, encoding="utf-8")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", str(CONTRACT_FILE)]
    command += ["--url", url, "--max-time", str(limit_s), "--max-examples", str(EXAMPLES), "--seed", str(SEED)]
    command += ["--continue-on-failure", "--no-color"]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        timeout=limit_s + EXTRA_S,
        check=False,
    )
    said = done.stdout.decode() + done.stderr.decode()
    assert f"Tested: {OPERATIONS}" in said, said
    return "" if done.returncode == 0 else said


def test_nothing_is_found_with_a_token(registry: RegistryProcess, file: Path, tmp_path: Path) -> None:
    post = registry.post()
    reported(post)
    wall = f"parameters = {{ wall_id = {json.dumps(post.id)}, wait_s = 0 }}"
    parameters = f"parameters = {{ cursor = {json.dumps(post.cursor())}, wait_s = 0 }}"
    token, shift = f"Bearer {post.token}", shift_of_a_chief(file, post.id)
    headers = f'headers = {{ Authorization = "{token}", Pantau-Shift = "{shift}" }}\n'
    configuration = headers + SEMANTIC_REFUSALS.format(parameters=parameters, wall=wall)
    assert findings(tmp_path, registry.url, configuration, limit_s=60) == ""


def test_nothing_is_found_without_a_token(registry: RegistryProcess, tmp_path: Path) -> None:
    assert findings(tmp_path, registry.url, SEMANTIC_REFUSALS.format(parameters="", wall=""), limit_s=24) == ""
