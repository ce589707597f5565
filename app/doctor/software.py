"""What the preflight asks of the software that came along: versions, codecs, libVLC, the graphics card, screens.

Runs on the main thread; each question is put to a process of its own, which may crash.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.doctor.cameras import PICTURES_COMMAND, TRIAL_PICTURES
from app.doctor.finding import Finding, Level
from app.parts import Part, command_of

SCREENS_COMMAND = command_of(Part.SCREENS)
ANSWER_LIMIT_S = 120.0
DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY")


def has_display() -> bool:
    """Whether windows can be shown here."""
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, DISPLAY_VARIABLES))


def ask(command: Sequence[str]) -> Mapping[str, Any] | None:
    """The JSON that a process answers with; None where it fails."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=ANSWER_LIMIT_S, check=True
        )
        answer: Mapping[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return answer


def look_at_software() -> Iterator[Finding]:
    """Versions, codecs, graphics card, libVLC."""
    told = ask([*PICTURES_COMMAND, "look"])
    if told is None:
        yield Finding("video", Level.CANNOT, "the decoders cannot be loaded")
        return
    yield _versions(told)
    yield from (_codec(name, count) for name, count in told["codecs"].items())
    yield _hardware(told["hardware"])
    yield _vlc(told["vlc"])


def _versions(told: Mapping[str, Any]) -> Finding:
    codec = told["ffmpeg"].get("libavcodec", "unknown")
    text = f"Python {told['python']}, PyAV {told['pyav']}, FFmpeg's libavcodec {codec}"
    return Finding("versions", Level.FINE, text, {key: told[key] for key in ("python", "pyav", "ffmpeg")})


def _codec(name: str, pictures: int) -> Finding:
    figures = {"pictures": pictures, "of": TRIAL_PICTURES}
    if pictures == TRIAL_PICTURES:
        return Finding(name, Level.FINE, f"{pictures} of {TRIAL_PICTURES} trial pictures decoded", figures)
    level = Level.CANNOT if name == "H.264" else Level.WARNING
    return Finding(name, level, f"only {pictures} of {TRIAL_PICTURES} trial pictures decoded", figures)


def _hardware(told: Mapping[str, Any]) -> Finding:
    if told["is_used"]:
        return Finding("graphics card", Level.FINE, f"decodes H.264 by {told['device']} (read back)", told)
    why = f"{told['device']} is there and does not decode" if told["device"] else "none was found that decodes"
    return Finding("graphics card", Level.FINE, f"SOFTWARE decodes here: {why}", told)


def _vlc(told: Mapping[str, Any]) -> Finding:
    if told["version"]:
        return Finding("libVLC", Level.FINE, f"version {told['version']}", told)
    return Finding("libVLC", Level.WARNING, f"{told['why_not']}; shared surfaces serve", told)


def look_at_screens() -> Finding:
    """Qt, and the screens that it sees."""
    if not has_display():
        return Finding("screens", Level.WARNING, "there is no display: a wall opens with --headless only")
    told = ask(SCREENS_COMMAND)
    if told is None:
        return Finding("screens", Level.CANNOT, "Qt cannot open a window here")
    screens = told["screens"]
    names = ", ".join(f"{each['name']} {each['width_px']}×{each['height_px']}" for each in screens)
    level = Level.FINE if screens else Level.WARNING
    return Finding("screens", level, f"Qt {told['qt']}; {names or 'no screen'}", told)
