"""Draws and encodes the demo's clips: `python tools/make_clips.py --out resources/clips [--scene NAME]`.

`--bench-out DIR` makes, instead, one sub clip at 400 kbps and one main clip at 4 Mbps with a real sensor's
noise, for the benchmark. `--still SECONDS` writes PNG pictures instead of clips, to look at. The same sources
give the same clips as long as the encoders are the same.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(_ROOT))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage  # noqa: E402

from app.core.model import Codec, Profile  # noqa: E402
from app.demo.scenes import CLIP_FORMATS, SCENES, Place, Scene  # noqa: E402
from tools.clips.encode import Rate, encode  # noqa: E402
from tools.clips.film import Film, Look  # noqa: E402
from tools.clips.gate import Gate  # noqa: E402
from tools.clips.market import Market  # noqa: E402
from tools.clips.office import Office  # noqa: E402
from tools.clips.stage import Stage  # noqa: E402
from tools.clips.street import Street  # noqa: E402

_FONT = _ROOT / "resources" / "fonts" / "Inter-SemiBold.otf"
_RATES = {
    (Profile.SUB, Codec.H264): Rate(ceiling_kbps=330, quality_crf=32.5),
    (Profile.SUB, Codec.H265): Rate(ceiling_kbps=330, quality_crf=32.5),
    (Profile.MAIN, Codec.H264): Rate(ceiling_kbps=850, quality_crf=38.5),
    (Profile.MAIN, Codec.H265): Rate(ceiling_kbps=850, quality_crf=39.0),
}
"""All clips together take 18.2 MB with these; the ceilings keep a busy scene from eating the others' part."""
_BENCH_RATES = {Profile.SUB: Rate(ceiling_kbps=400), Profile.MAIN: Rate(ceiling_kbps=4_000)}
_BENCH_NOISE = 3.0
_BENCH_SCENE = "street-day"


def main(argv: Sequence[str] | None = None) -> int:
    """Make what the command line asks for; 2 where it names no known scene."""
    options = _parser().parse_args(argv)
    scenes = [scene for scene in SCENES if options.scene in (None, scene.name)]
    if not scenes:
        print(f"make_clips: no scene {options.scene!r}", file=sys.stderr)
        return 2
    application = QGuiApplication.instance() or QGuiApplication(["make_clips"])
    family = _load_font()
    if options.bench_out is not None:
        _make_bench_clips(options.bench_out, family)
    else:
        for scene in scenes:
            for profile in options.profile or list(Profile):
                _make(scene, profile, options, family)
    del application
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make_clips", description="Draw and encode the demo's clips")
    parser.add_argument("--out", type=Path, default=_ROOT / "resources" / "clips", help="directory of the clips")
    parser.add_argument("--scene", help="only this scene, such as street-night")
    parser.add_argument("--profile", type=Profile, action="append", help="only sub or main")
    parser.add_argument("--still", type=float, metavar="SECONDS", help="PNG pictures of that moment instead")
    parser.add_argument("--bench-out", type=Path, help="make the two noisy clips of the benchmark here")
    return parser


def _load_font() -> str:
    """The family of the bundled font, so that clips look the same wherever they are made."""
    number = QFontDatabase.addApplicationFont(str(_FONT))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise FileNotFoundError(f"{_FONT.name} is no font that Qt can read")
    return families[0]


def _stage_of(scene: Scene) -> Stage:
    if scene.place is Place.STREET:
        return Street(scene.condition)
    if scene.place is Place.MARKET:
        return Market(scene.condition)
    if scene.place is Place.OFFICE:
        return Office(scene.condition)
    return Gate(scene.condition)


def _make(scene: Scene, profile: Profile, options: argparse.Namespace, family: str) -> None:
    measures = CLIP_FORMATS[profile]
    film = Film(scene, _stage_of(scene), measures, Look(family))
    options.out.mkdir(parents=True, exist_ok=True)
    if options.still is not None:
        _save_still(
            film, int(options.still * measures.frame_rate_fps), options.out / f"{scene.name}.{profile.value}.png"
        )
        return
    codec = scene.codec(profile)
    started_s = time.monotonic()
    target = options.out / scene.clip_file(profile)
    size = encode(film.frames(), codec, measures, _RATES[profile, codec], target)
    kbps = size * 8 / measures.loop_s / 1_000
    print(
        f"{target.name:28} {size / 1e6:6.2f} MB {kbps:6.0f} kbps {time.monotonic() - started_s:6.1f} s", flush=True
    )


def _save_still(film: Film, number: int, target: Path) -> None:
    picture = film.frame(number)
    height_px, width_px = picture.shape[:2]
    image = QImage(picture.tobytes(), width_px, height_px, width_px * 3, QImage.Format.Format_RGB888)
    image.save(str(target))


def _make_bench_clips(directory: Path, family: str) -> None:
    """Two clips that cost what real cameras' do: full bit rate, noise that never repeats."""
    directory.mkdir(parents=True, exist_ok=True)
    scene = next(scene for scene in SCENES if scene.name == _BENCH_SCENE)
    for profile, rate in _BENCH_RATES.items():
        measures = CLIP_FORMATS[profile]
        film = Film(scene, _stage_of(scene), measures, Look(family, noise=_BENCH_NOISE))
        target = directory / f"bench.{profile.value}.h264"
        size = encode(film.frames(), Codec.H264, measures, rate, target)
        print(f"{target.name} {size / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
