"""What a run of the wall measured, as the JSON document of `--report`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.errors import ConfigError
from app.core.model import Catalog
from app.core.ports import HostBeat
from app.core.tile_status import Sign, TileStatus


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of this console's processes over the run."""

    seconds: float
    """From the wall's first moment to its last."""
    console_cpu_s: float
    console_uss_bytes: int
    hosts: Sequence[HostBeat]
    """The last word of every host that runs."""
    ended_hosts_cpu_s: float
    """Of hosts that have ended."""
    running_hosts: int
    gui_gap_p99_ms: float
    gui_gap_max_ms: float
    """Times between two ticks of the GUI, which are 16 ms apart when nothing holds it up."""


def make_report(
    version: str,
    catalog: Catalog,
    rejected: int,
    sync_s: float | None,
    monitors: int,
    tiles: Sequence[TileStatus],
    measured: Measured,
) -> dict[str, Any]:
    """The document; figures that nothing measured are null.

    Args:
        version: of the product.
        catalog: as last synced.
        rejected: records left out of it.
        sync_s: how long the last full sync took, seconds.
        monitors: of the wall.
        tiles: the status at the end of every tile that has a camera.
        measured: see there.
    """
    engines = sorted({tile.engine for tile in tiles if tile.engine})
    return {
        "version": version,
        "engine": "+".join(engines) or None,
        "catalog": {"cameras": len(catalog.cameras), "rejected": rejected, "sync_s": _rounded(sync_s)},
        "wall": {"monitors": monitors, "tiles": len(tiles), "live": count_live(tiles)},
        "tiles": [_tile(tile) for tile in tiles],
        "process": _process(measured, count_live(tiles)),
    }


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write a report into a file.

    Raises:
        ConfigError: it cannot be written.
    """
    try:
        path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError("the report cannot be written to {0}: {1}", str(path), error.strerror or "") from error


def count_live(tiles: Sequence[TileStatus]) -> int:
    """How many of the tiles show a live picture."""
    return sum(tile.sign is Sign.LIVE for tile in tiles)


def decoders_of(tiles: Sequence[TileStatus]) -> list[str]:
    """What really decodes the tiles that play, each named once: for the preflight, not a part of the document."""
    return sorted({tile.decoder for tile in tiles if tile.sign is Sign.LIVE and tile.decoder})


def _tile(tile: TileStatus) -> Mapping[str, Any]:
    return {
        "tile": str(tile.tile),
        "camera": tile.camera.code if tile.camera else tile.camera_id,
        "profile": tile.profile.value if tile.profile else None,
        "surface": tile.surface.value if tile.surface else None,
        "engine": tile.engine or None,
        "life": tile.sign.value,
        "first_picture_s": _rounded(tile.first_picture_s),
        "fps": _rounded(tile.fps),
        "picture_age_s": _rounded(tile.age_s),
        "pictures": tile.pictures,
        "failure": tile.failure.reason.value if tile.failure else None,
    }


def _process(measured: Measured, streams: int) -> Mapping[str, Any]:
    cpu_s = measured.console_cpu_s + measured.ended_hosts_cpu_s + sum(host.cpu_s for host in measured.hosts)
    uss_bytes = measured.console_uss_bytes + sum(host.uss_bytes for host in measured.hosts)
    stream_seconds = streams * measured.seconds
    return {
        "hosts": measured.running_hosts,
        "cpu_s_per_stream_s": round(cpu_s / stream_seconds, 4) if stream_seconds else None,
        "uss_mb": round(uss_bytes / 2**20, 1),
        "gui_gap_p99_ms": round(measured.gui_gap_p99_ms, 1),
        "gui_gap_max_ms": round(measured.gui_gap_max_ms, 1),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
