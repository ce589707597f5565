"""The entry points: `pantau` and, without a console window on Windows, `pantau-wall`.

Qt, and all that a wall is made of, is loaded only when one is opened: `pantau registry serve` runs where there is
no Qt, and whoever keeps a wall running is there in a moment.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from app import cli
from app.cli import WallRequest
from app.config.folders import log_folder
from app.config.settings_table import FULL_SCREEN, KIOSK

if TYPE_CHECKING:
    from app.belongings import Belongings
    from app.bootstrap import Shown
    from app.config.settings_book import SettingsBook
    from app.console import Console
    from app.core.enrolment import EnrolmentPort

HEADLESS_SIZE_PX = (1920, 1080)
WINDOW_SIZE_PX = (1280, 800)


def main() -> int:
    """`pantau …`; returns the process's exit code."""
    return cli.main(sys.argv[1:], _open_wall)


def wall_main() -> int:
    """`pantau-wall …`: this post's wall, as `pantau run --keep …`."""
    return cli.main(["run", "--keep", *sys.argv[1:]], _open_wall)


def _open_wall(request: WallRequest) -> int:
    from app.bootstrap import open_wall

    return open_wall(request, partial(_show, request), _ask_first, _show_running)


def _show_running(post_id: str) -> bool:
    from ui.one_instance import show_running

    return show_running(post_id)


def _ask_first(enrolment: EnrolmentPort, url: str, book: SettingsBook) -> None:
    from ui.wall_app import run_first_start

    run_first_start(enrolment, url, book.settings)


def _show(request: WallRequest, console: Console, own: Belongings, at_end: Callable[[], None]) -> Shown:
    from app.bootstrap import Shown
    from app.hangs import HangTrace
    from ui.long_lived import CatalogAside, set_imports_aside
    from ui.wall_app import WallOptions, run_wall

    set_imports_aside()
    options = WallOptions(
        size=request.size_px or (HEADLESS_SIZE_PX if request.is_headless else WINDOW_SIZE_PX),
        headless=request.is_headless,
        for_s=request.for_s,
        screenshot=request.screenshot,
        panel_shown=request.shows_panel,
        full_screen=own.book.settings.get(FULL_SCREEN),
        kiosk=own.book.settings.get(KIOSK),
        folder=own.folder,
        book=own.book,
        on_settings=partial(_follow, console),
        is_kept=request.is_kept,
    )
    aside = CatalogAside()
    with closing(HangTrace(None if request.is_demo else log_folder())) as hangs:

        def tick(now_s: float) -> None:
            aside.tick(len(console.catalog.cameras), now_s)
            hangs.alive(now_s)

        run = run_wall(console, options, tick, at_end)
    return Shown(run.shown_s, run.gui_gap_p99_ms, run.gui_gap_max_ms)


def _follow(console: Console, book: SettingsBook) -> None:
    """Somebody has changed a setting while the wall shows."""
    from app.belongings import follow_settings, idle_s_of

    follow_settings(book)
    console.duty.idle_s = idle_s_of(book.settings)


if __name__ == "__main__":
    sys.exit(main())
