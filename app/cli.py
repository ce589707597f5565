"""The command line: what each word means, and the exit codes. Parses and checks; opens nothing by itself.

The caller passes in what opens a wall, so that nothing under `app` knows Qt.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.config import settings_table
from app.config.folders import journal_folder, settings_folder
from app.config.settings_book import SettingsBook
from app.config.settings_options import add_option, given
from app.core.errors import ConfigError, ConsoleError
from app.core.layout import MAX_TILES
from app.crashes import leave_no_image
from app.event_log import open_event_log
from app.keep import Keeper
from app.log import start_logging
from app.open_files import allow_plenty
from app.parts import Part, command_of

if TYPE_CHECKING:
    from app.audit.comparing import Comparison

EXIT_ALL_LIVE = 0
EXIT_USAGE = 2
EXIT_NOT_ALL_LIVE = 3
EXIT_ALREADY_OPEN = 4
EXIT_INTERRUPTED = 130
EXIT_CODES = """\
exit codes of demo and run:
  0    closed while every camera was live
  2    it cannot be opened, or the command line is wrong: one sentence says why
  3    closed in order, and not every camera was live then
  4    this post's wall is open already, and was brought to the front
  130  interrupted during the start
  any other: a fault; the log has its trace (with --keep the wall is started again)"""
SIDE_MIN_PX, SIDE_MAX_PX = 160, 16_384
"""Of a window: below, nothing on it can be read; Qt paints nothing at all above 32,767."""
_DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@dataclass(frozen=True, slots=True)
class WallRequest:
    """What `demo` or `run` was asked for."""

    is_demo: bool
    given: Mapping[str, object] = field(default_factory=dict)
    """The settings that the command line has set, by key."""
    enrolment_code: str = ""
    cameras: Path | None = None
    """Of `demo`: a file with one's own cameras."""
    tiles: int | None = None
    layout: str | None = None
    size_px: tuple[int, int] | None = None
    is_headless: bool = False
    shows_panel: bool = True
    for_s: float | None = None
    report: Path | None = None
    tells_decoders: bool = False
    """Whether the report also says what decodes, as the preflight wants to know."""
    screenshot: Path | None = None
    is_kept: bool = False
    """Whether a wall that ends by a fault is started again."""


OpenWall = Callable[[WallRequest], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and exits with the code for it.

    What a command needs is loaded when it is the one that is asked for: a wall that starts waits for no other's.
    """

    filled_by: Callable[[argparse.ArgumentParser], None] | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, with the words of the command known by then."""
        fill, self.filled_by = self.filled_by, None
        if fill is not None:
            fill(self)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        raise ConfigError(f"{message} (see {self.prog} --help)")


class _ShowVersion(argparse.Action):
    """`--version`; the version is looked up for whoever asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"{parser.prog} {product_version()}")
        parser.exit()


def main(arguments: Sequence[str], open_wall: OpenWall) -> int:
    """Run the command line; returns the process's exit code.

    Args:
        arguments: without the program's name.
        open_wall: opens the wall that `demo` and `run` ask for.
    """
    leave_no_image()
    allow_plenty()
    try:
        options = _parser().parse_args(arguments)
        options.words = list(arguments)
        start_logging(str(given(options).get(settings_table.LOG_LEVEL.key, settings_table.LOG_LEVEL.default)))
        code: int = options.work(options, open_wall)
        sys.stdout.flush()
        return code
    except ConsoleError as error:
        return _complain(error)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # whoever reads, as `head` does, has read enough; nothing more can be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_USAGE


def _complain(error: ConsoleError) -> int:
    """One line; none where a child process has said it already."""
    if str(error):
        print(f"pantau: {error}", file=sys.stderr)
    return EXIT_USAGE


def product_version() -> str:
    """The installed version, or that of the source tree."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("pantau")
    except PackageNotFoundError:
        text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
        match = re.search(r'^version = "(.+)"$', text, re.MULTILINE)
        return match[1] if match else "unknown"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="pantau",
        description="A video wall of the central registry's cameras.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="say which version this is")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for name, text, fill in (
        ("demo", "a wall with a registry and cameras of its own", _add_demo),
        ("run", "this post's wall, from a central registry", _add_run),
        ("registry", "the reference registry, and a check of any other", _add_registry),
        ("audit", "this PC's journal of who looked at what", _add_audit),
        ("doctor", "say whether this PC can show the wall, and how many tiles of which size", _add_doctor),
        (
            "diagnose",
            "put logs, settings, versions and the preflight's report into one file, without any secret",
            _add_diagnose,
        ),
        ("config", "the settings of this PC", _add_config),
    ):
        commands.add_parser(name, help=text).filled_by = fill
    return parser


def _add_registry(parser: argparse.ArgumentParser) -> None:
    from app.conformance import command as check_command
    from app.demo.registry import command as registry_command

    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    serve = commands.add_parser("serve", help=registry_command.SERVE_HELP)
    registry_command.add_arguments(serve)
    _add_log_level(serve)
    serve.set_defaults(work=lambda options, _: registry_command.run(options))
    officers = commands.add_parser("officers", help=registry_command.OFFICERS_HELP)
    registry_command.add_officer_arguments(officers)
    _add_log_level(officers)
    officers.set_defaults(work=lambda options, _: registry_command.run_officers(options))
    enrol = commands.add_parser("enrol", help=registry_command.ENROL_HELP)
    registry_command.add_enrol_arguments(enrol)
    _add_log_level(enrol)
    enrol.set_defaults(work=lambda options, _: registry_command.run_enrol(options))
    check = commands.add_parser("check", help=check_command.HELP)
    check_command.add_arguments(check)
    _add_log_level(check)
    check.set_defaults(work=lambda options, _: check_command.run(options, product_version()))


def _add_audit(parser: argparse.ArgumentParser) -> None:
    from app.audit import command as audit_command

    verify = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser).add_parser(
        "verify", help="say whether anybody has changed it, and where"
    )
    audit_command.add_arguments(verify, journal_folder())
    _add_log_level(verify)
    verify.set_defaults(work=lambda options, _: _verify_journal(options))


def _verify_journal(options: argparse.Namespace) -> int:
    from app.audit import command as audit_command

    def compare(folder: Path) -> Comparison:
        from app.audit_comparison import compare_with_registry

        return compare_with_registry(_settings(options).settings, folder)

    return audit_command.run(options, compare)


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    from app.doctor import command as doctor_command

    doctor_command.add_arguments(parser)
    _add_log_level(parser)
    parser.set_defaults(
        work=lambda options, _: doctor_command.run(options, _settings(options).settings, product_version())
    )


def _add_diagnose(parser: argparse.ArgumentParser) -> None:
    from app import diagnose

    diagnose.add_arguments(parser)
    _add_log_level(parser)
    parser.set_defaults(
        work=lambda options, _: diagnose.run(options, _settings(options).settings, product_version())
    )


def _add_config(parser: argparse.ArgumentParser) -> None:
    from app.config import settings_command

    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    show = commands.add_parser("show", help=settings_command.SHOW_HELP)
    settings_command.add_show_arguments(show)
    show.set_defaults(work=lambda options, _: settings_command.show(options, _settings(options).settings))
    admx = commands.add_parser("admx", help=settings_command.ADMX_HELP)
    settings_command.add_admx_arguments(admx)
    admx.set_defaults(work=lambda options, _: settings_command.write_admx(options))


def _settings(options: argparse.Namespace) -> SettingsBook:
    """What counts on this PC for whoever starts the program."""
    return SettingsBook(settings_folder(), given(options))


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cameras",
        type=Path,
        metavar="FILE.csv",
        help="your own cameras: code,name,kelurahan,main_url,sub_url,username,password",
    )
    _add_wall(parser)
    parser.set_defaults(work=lambda options, open_wall: open_wall(_request(options)))


def _add_run(parser: argparse.ArgumentParser) -> None:
    add_option(parser, settings_table.REGISTRY_URL, "the central registry; else the last one's", "URL")
    parser.add_argument("--enrol", default="", metavar="CODE", help="enrol this PC first, with a one-time code")
    add_option(parser, settings_table.CA_FILE, "the authority that signs the registry", "FILE.pem")
    parser.add_argument("--keep", action="store_true", help="start the wall again when it ends by a fault")
    parser.add_argument("--kept", action="store_true", help=argparse.SUPPRESS)  # what a kept one is told
    _add_wall(parser)
    parser.set_defaults(work=_run_wall)


def _run_wall(options: argparse.Namespace, open_wall: OpenWall) -> int:
    """This post's wall, in this process or kept in one of its own."""
    request, settings = _request(options), _settings(options).settings
    if not options.keep or not settings.get(settings_table.RESTARTS):
        return open_wall(request)
    words = [word for word in options.words if word != "--keep"]
    first = [*command_of(Part.COMMAND_LINE), *words, "--kept"]
    tell = open_event_log(is_wanted=settings.get(settings_table.EVENT_LOG))
    return Keeper(first, [*first, "--enrol", ""], tell).run()  # a code serves once


def _add_wall(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--tiles", type=_tiles, metavar="N", help="fill N tiles with the first cameras (1 to 64)")
    add("--layout", metavar="NAME", help="1 to 64, 1+5, 1+7, 1+12 or 2+8")
    add("--size", type=_size, metavar="WxH", help="the window's size in pixels")
    for setting in (settings_table.SURFACE, settings_table.HARDWARE, settings_table.PROFILE):
        add_option(parser, setting)
    add("--headless", action="store_true", help="without a display")
    add("--no-panel", action="store_true", help="start with the camera list folded away")
    add_option(parser, settings_table.FULL_SCREEN)
    add_option(parser, settings_table.KIOSK)
    add_option(parser, settings_table.SIGN_IN)
    add("--for", dest="for_s", type=_seconds, metavar="SECONDS", help="close after so long")
    add("--report", type=Path, metavar="FILE.json", help="write what was measured")
    add("--report-decoders", action="store_true", help=argparse.SUPPRESS)
    add("--screenshot", type=Path, metavar="FILE.png", help="write what the wall shows at the end")
    _add_log_level(parser)


def _add_log_level(parser: argparse.ArgumentParser) -> None:
    add_option(parser, settings_table.LOG_LEVEL)


def _tiles(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_TILES:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MAX_TILES}")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2,5})[xX×](\d{2,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size like 1920x1080")
    width_px, height_px = int(match[1]), int(match[2])
    if not (SIDE_MIN_PX <= width_px <= SIDE_MAX_PX and SIDE_MIN_PX <= height_px <= SIDE_MAX_PX):
        raise argparse.ArgumentTypeError(f"a side of {text!r} is not within {SIDE_MIN_PX} and {SIDE_MAX_PX}")
    return width_px, height_px


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no time in seconds")
    return seconds


def _has_display() -> bool:
    """Whether a window can open; Qt aborts the process where none can."""
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, _DISPLAY_VARIABLES))


def _request(options: argparse.Namespace) -> WallRequest:
    if options.headless and given(options).get(settings_table.SURFACE.key) == "direct":
        raise ConfigError("--surface direct needs a display: it cannot be used with --headless")
    if not options.headless and not _has_display():
        raise ConfigError("there is no display: log in to a desktop, or use --headless")
    for path in (options.report, options.screenshot):
        if path is not None and not path.parent.is_dir():
            raise ConfigError(f"there is no folder {path.parent} to write {path.name} into")
    is_demo = "cameras" in options
    return WallRequest(
        is_demo=is_demo,
        given=given(options),
        enrolment_code="" if is_demo else options.enrol,
        cameras=options.cameras if is_demo else None,
        tiles=options.tiles,
        layout=options.layout,
        size_px=options.size,
        is_headless=options.headless,
        shows_panel=not options.no_panel,
        for_s=options.for_s,
        report=options.report,
        tells_decoders=options.report_decoders,
        screenshot=options.screenshot,
        is_kept=not is_demo and options.kept,
    )
