"""Gathers the figures of a stream from what its host counted and said. Console's thread only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.console.outputs import TileOutput
from app.console.stream_record import StreamRecord
from app.core.budget import Surface
from app.core.figures import StreamFigures

ENGINES: Mapping[Surface, str] = MappingProxyType({Surface.SHARED: "av", Surface.DIRECT: "vlc"})
"""The engine that serves a surface, by the name that hosts report."""


def figures_of(stream: StreamRecord, shown: TileOutput, now_s: float) -> StreamFigures:
    """The figures of a stream as one of its outputs shows it."""
    engine, opened = ENGINES[shown.output.surface], stream.opened
    rates, lights = shown.rates(), shown.watch.lights
    has_packets = lights.packets > 0
    return StreamFigures(
        profile=shown.key.profile,
        surface=shown.output.surface,
        engine=engine,
        decoder=stream.decoders.get(engine, ""),
        transport=stream.endpoint.transport if stream.endpoint else None,
        is_relayed=stream.endpoint is not None and stream.endpoint.is_relay,
        codec=opened.codec if opened else None,
        width_px=(opened.width_px or None) if opened else None,
        height_px=(opened.height_px or None) if opened else None,
        packets_per_s=rates.packets_per_s,
        shown_fps=rates.shown_fps,
        bitrate_kbps=rates.bitrate_kbps,
        damaged_part=shown.damaged_part(),
        age_s=shown.watch.age_s(now_s),
        late_s=lights.late_s if has_packets else None,
        jitter_s=lights.jitter_s if has_packets else None,
        latency_s=lights.camera_age_s,
        clock_rate=lights.clock_rate,
        first_picture_s=shown.watch.first_picture_s,
        reconnects=stream.reconnects,
        pictures=lights.pictures,
    )
