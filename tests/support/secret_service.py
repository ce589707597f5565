"""A desktop's session bus and its keyring (the Secret Service), each a real process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WAIT_S = 30.0
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""


@dataclass(frozen=True)
class Desktop:
    """A private session bus, and a home of its own."""

    environment: Mapping[str, str]


@contextmanager
def running(command: list[str], environment: Mapping[str, str], told: bytes = b"") -> Iterator[bytes]:
    """A process and its first line; it is ended by its id."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(environment)
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(told)
        process.stdin.close()
        yield process.stdout.readline()
    finally:
        process.terminate()
        process.stdout.close()
        try:
            process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def desktop() -> Iterator[Desktop]:
    """A session bus that nobody else is on."""
    with tempfile.TemporaryDirectory(prefix="pantau-bus-") as folder:  # sockets live here: the path must be short
        config = Path(folder) / "bus.conf"
        config.write_text(BUS.format(folder=folder))
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "XDG_RUNTIME_DIR": folder}
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
        with running(command, environment) as address:
            yield Desktop({**environment, "DBUS_SESSION_BUS_ADDRESS": address.decode().strip()})


@contextmanager
def secret_service(place: Desktop, *, is_unlocked: bool) -> Iterator[None]:
    """A keyring on that bus, empty; locked, it asks a person, whom nobody plays."""
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
    if is_unlocked:
        command.append("--unlock")
    with running(command, place.environment, b"sandi-uji"):
        wait_for_service(place)
        yield


def wait_for_service(place: Desktop) -> None:
    """Until somebody owns the name of the Secret Service on that bus."""
    script = (
        "import secretstorage, time\n"
        "end = time.monotonic() + 20\n"
        "while not secretstorage.check_service_availability(secretstorage.dbus_init()):\n"
        "    assert time.monotonic() < end\n"
        "    time.sleep(0.02)\n"
    )
    subprocess.run([sys.executable, "-c", script], env=dict(place.environment), check=True, timeout=WAIT_S)
