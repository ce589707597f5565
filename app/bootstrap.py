"""Puts the concrete adapters together: the one place that knows them all. Must not import Qt."""

from __future__ import annotations

import logging
import queue
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from app.audit.spool import Spool
from app.audit.writer import Journal
from app.belongings import Belongings, ca_file_of, idle_s_of, load_belongings
from app.cli import EXIT_ALL_LIVE, EXIT_ALREADY_OPEN, EXIT_NOT_ALL_LIVE, WallRequest, product_version
from app.config.budget_file import load_budget
from app.config.folders import (
    cache_folder,
    journal_folder,
    log_folder,
    pictures_folder,
    settings_folder,
    state_folder,
)
from app.config.incident_file import IncidentFile
from app.config.late_writer import LateWriter
from app.config.settings import Settings, Source
from app.config.settings_book import SettingsBook
from app.config.settings_table import (
    HARDWARE,
    KEEPS_BUDGET,
    POST_ID,
    PROFILE,
    REGISTRY_URL,
    SIGN_IN,
    SNAPSHOT_FOLDER,
    SURFACE,
    WATERMARK_ALL,
)
from app.config.wall_file import WallFile
from app.console import Console, ConsoleSettings
from app.console.accounts import Accounts
from app.console.duty_book import DutyBook
from app.console.handover import Handover
from app.console.purpose_book import PurposeBook
from app.console.shortlist_keeper import ShortlistKeeper
from app.console.view_log import JournaledSnapshots
from app.core.budget import SurfaceChoice
from app.core.duty import SignInRule
from app.core.enrolment import EnrolmentPort
from app.core.errors import ConfigError, SecretError
from app.core.journal import Event, Kind
from app.core.layouts import Layouts
from app.core.ports import Message
from app.core.snapshot import Taker
from app.core.tile_status import TileStatus
from app.core.wall import WallState
from app.credentials import Identity, MemoryStore, enrol
from app.demo.world import DemoWorld
from app.enrolment import Enrolment
from app.known_officers import FILE_NAME as OFFICERS_FILE
from app.known_officers import KnownOfficers
from app.network import NetworkWatch
from app.parts import Part, command_of
from app.record import recorded
from app.refusals import FILE_NAME as REFUSALS_FILE
from app.refusals import KeptRefusals
from app.registry.cache import CatalogCache
from app.registry.client import RegistryApi
from app.registry.report_sender import Vitals
from app.registry.shared_cache import SharedCache
from app.registry.sync import RegistryClient
from app.report import count_live, decoders_of, make_report, write_report
from app.signals import signals_put_off, termination_unwinds
from app.snapshot import Signer, SnapshotWriter
from app.usage import Usage
from app.video.engines import vlc_place
from app.video.prober import Prober
from app.video.supervisor import Supervisor

WALL_FILE = "wall.json"
DEMO_TILES = 16
EMPTY_TILES = 4
"""Of a wall that nobody has filled yet: its tiles are large enough to say what to do."""
FIRST_SYNC_WAIT_MAX_S = 20.0
"""Of a wall that starts by itself: five hundred posts have power again in the same second."""
HOST_COMMAND = command_of(Part.HOST)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """How a wall was shown."""

    seconds: float
    gui_gap_p99_ms: float
    gui_gap_max_ms: float


ShowRunning = Callable[[str], bool]
"""Brings the wall to the front that this user already runs for the post with that id; whether there was one."""
AskFirst = Callable[[EnrolmentPort, str, SettingsBook], None]
"""Shows the page of the first start until this PC has enrolled or the page is closed. Its second argument is the
registry's address, where one is known."""


def open_wall(
    request: WallRequest,
    show: ShowWall,
    ask_first: AskFirst | None = None,
    show_running: ShowRunning = lambda _post_id: False,
) -> int:
    """Open the wall that was asked for; returns the process's exit code.

    Args:
        request: see there.
        show: shows it.
        ask_first: asks what a first start has to know; None where nobody can be asked.
        show_running: see there.

    Raises:
        ConsoleError: it cannot be opened; one sentence.
    """
    with termination_unwinds():
        if not request.is_demo:
            return _run(request, show, ask_first, show_running)
        with TemporaryDirectory(prefix="pantau-demo-") as folder:
            return _run_demo(request, show, Path(folder))


ShowWall = Callable[[Console, Belongings, Callable[[], None]], Shown]
"""Shows a console until the wall is closed; calls the last argument when its last tick is over."""


@dataclass(frozen=True, slots=True)
class Post:
    """This PC at its registry."""

    api: RegistryApi
    identity: Identity
    journal: Path
    """The folder of its journal."""
    state: Path
    """The folder of what it remembers besides."""
    cache: CatalogCache | None = None
    shared: SharedCache | None = None
    ca_file: Path | None = None
    rejected: int = 0
    """Rows of an own camera file that its registry never got."""
    keep: Callable[[WallState], None] = lambda _wall: None
    first_sync_wait_max_s: float = 0.0


def console_settings(request: WallRequest, own: Belongings) -> ConsoleSettings:
    """What the console is told for a request.

    Raises:
        ConfigError: there is no such layout, or it has fewer tiles than were asked for.
    """
    layouts, settings = own.library.layouts, own.book.settings
    asked = request.tiles or (DEMO_TILES if request.is_demo else EMPTY_TILES)
    layout = layouts.get(request.layout or str(asked))
    fill_tiles = request.tiles or (layout.tiles if request.is_demo else 0)
    if fill_tiles > layout.tiles:
        raise ConfigError(f"layout {layout.name} has {layout.tiles} tiles, not {fill_tiles}")
    return ConsoleSettings(
        layout=layout.name,
        surface=SurfaceChoice.SHARED if request.is_headless else settings.get(SURFACE),
        sign_in=_sign_in_rule(request, settings),
        # Direct3D shows what it decoded; X11 gets a copy
        may_draw_directly=sys.platform == "win32" and vlc_place.is_there(),
        hardware=settings.get(HARDWARE),
        profile=settings.get(PROFILE),
        fill_tiles=fill_tiles,
        marks_all=settings.get(WATERMARK_ALL),
        problems=tuple(filter(None, (*own.library.problems, *own.tours.problems, own.shortlist.problem))),
    )


def _sign_in_rule(request: WallRequest, settings: Settings) -> SignInRule:
    """Whether the controls need an officer; the demo's do not, unless somebody says so."""
    is_said = settings.where(SIGN_IN).source is not Source.DEFAULT
    return settings.get(SIGN_IN) if is_said or not request.is_demo else SignInRule.OPTIONAL


def _run_demo(request: WallRequest, show: ShowWall, folder: Path) -> int:
    own = load_belongings(folder / "settings", request.given)
    settings = console_settings(request, own)
    with DemoWorld(folder, request.cameras) as registry:
        with closing(RegistryApi(registry.url)) as stranger:
            identity = enrol(stranger, MemoryStore(), registry.enrolment_code)
        # no cache: its registry ends with it, so that no later start could use one
        api = RegistryApi(registry.url, identity)
        post = Post(api, identity, folder / "journal", folder / "state", rejected=len(registry.rejected))
        return _show(request, settings, own, show, post)


def _run(request: WallRequest, show: ShowWall, ask_first: AskFirst | None, show_running: ShowRunning) -> int:
    own = load_belongings(settings_folder(), request.given)
    with recorded(own.book.settings, log_folder(), product_version()):
        settings = console_settings(request, own)
        enrolment = _enrolled(request, own.book, ask_first)
        if not request.is_headless and show_running(enrolment.known().post_id):
            _log.warning("this post's wall is open already: it was brought to the front")
            return EXIT_ALREADY_OPEN
        return _run_post(request, own, settings, enrolment, show)


def _run_post(
    request: WallRequest, own: Belongings, settings: ConsoleSettings, enrolment: Enrolment, show: ShowWall
) -> int:
    ca_file = ca_file_of(own.book)
    api = RegistryApi(enrolment.url, enrolment.known(), ca_file)
    cache = CatalogCache(cache_folder(), api.url, api.post_id)
    file = WallFile(state_folder() / WALL_FILE)
    keeper = LateWriter("wall", file.save)
    try:
        settings = _with_budget(settings, own.book)
        settings = _with_last_wall(settings, file, own.library.layouts, is_wanted=not _is_shaped(request))
        journal = journal_folder() / api.post_id
        shared = SharedCache(cache_folder(), api.url, api.post_id)
        post = Post(
            api,
            enrolment.known(),
            journal,
            state_folder(),
            cache,
            shared,
            ca_file,
            keep=keeper.keep,
            first_sync_wait_max_s=FIRST_SYNC_WAIT_MAX_S if request.is_kept else 0.0,
        )
        return _show(request, settings, own, show, post)
    finally:
        keeper.stop()


def _enrolled(request: WallRequest, book: SettingsBook, ask_first: AskFirst | None) -> Enrolment:
    """This PC's enrolment: by the code on the command line, as kept, or as the page of the first start makes it.

    Raises:
        ConsoleError: it has not enrolled, and nobody can be asked or the page was closed; or it has enrolled as
            another post than the one that its settings name.
    """
    enrolment = Enrolment(book, ca_file_of(book))
    if request.enrolment_code:
        enrolment.enrol(book.settings.get(REGISTRY_URL), request.enrolment_code)
    elif not _is_known(enrolment, request) and ask_first is not None and not request.is_headless:
        with signals_put_off():
            ask_first(enrolment, enrolment.url or book.settings.get(REGISTRY_URL), book)
    enrolment.check_post(book.settings.get(POST_ID))
    return enrolment


def _is_known(enrolment: Enrolment, request: WallRequest) -> bool:
    try:
        return enrolment.recall()
    except (ConfigError, SecretError) as error:
        if request.is_headless:
            raise
        _log.warning("this start is a first one: %s", error)
        return False


def _is_shaped(request: WallRequest) -> bool:
    """Whether the command line says what the wall shall show; then what it showed last is not asked for."""
    return request.tiles is not None or request.layout is not None


def _with_budget(settings: ConsoleSettings, book: SettingsBook) -> ConsoleSettings:
    """The settings with what the preflight has found this PC to sustain, if that is to be kept to."""
    if not book.settings.get(KEEPS_BUDGET):
        return settings
    try:
        return replace(settings, budget=load_budget(state_folder()))
    except ConfigError as error:
        return replace(settings, problems=(*settings.problems, error.sentence))


def _with_last_wall(
    settings: ConsoleSettings, file: WallFile, layouts: Layouts, *, is_wanted: bool
) -> ConsoleSettings:
    """The settings with what the wall showed last, or with the reason why that is not known any more."""
    try:
        last = file.load(layouts)  # in any case: what cannot be read is put aside before it is written over
    except ConfigError as error:
        return replace(settings, problems=(*settings.problems, error.sentence))
    return replace(settings, wall=last) if is_wanted else settings


def _show(request: WallRequest, settings: ConsoleSettings, own: Belongings, show: ShowWall, post: Post) -> int:
    """Show the wall, write its report, give the exit code."""
    statuses: list[TileStatus] = []
    with _assembled(settings, own, post) as (console, supervisor):
        usage = Usage(console, supervisor.pids)

        def end() -> None:
            now_s = time.monotonic()
            console.pump(now_s)  # the last tick may lie a screenshot's time back
            statuses[:] = [console.status(tile, now_s) for tile in console.shown_tiles()]
            usage.take()
            console.stop()
            _keep_shortlist(own.shortlist)

        with signals_put_off():
            shown = show(console, own, end)
        if request.report is not None:
            rejected = post.rejected + len(console.registry.rejected)
            measured = usage.measured(shown.seconds, shown.gui_gap_p99_ms, shown.gui_gap_max_ms)
            catalog, sync_s, monitors = console.catalog, console.registry.sync_s, len(console.wall.monitors)
            report = make_report(product_version(), catalog, rejected, sync_s, monitors, statuses, measured)
            report |= {"decoders": decoders_of(statuses)} if request.tells_decoders else {}
            write_report(request.report, report)
    is_all_live = bool(statuses) and count_live(statuses) == len(statuses)
    return EXIT_ALL_LIVE if is_all_live else EXIT_NOT_ALL_LIVE


@contextmanager
def _assembled(settings: ConsoleSettings, own: Belongings, post: Post) -> Iterator[tuple[Console, Supervisor]]:
    """A console on its adapters; all of it is ended at the end, also where the wall could not be shown."""
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    journal = Journal(post.journal)
    supervisor = Supervisor([*HOST_COMMAND, *_trusting(post.ca_file)], inbox)
    supervisor.prepare(settings.fill_tiles)
    client = RegistryClient(
        post.api,
        inbox,
        Random(),
        post.cache,
        first_sync_wait_max_s=post.first_sync_wait_max_s,
        spool=Spool(post.journal, journal.go_on_after),
        verifier=KnownOfficers(post.state / OFFICERS_FILE, post.identity.private_key),
        vitals=Vitals(product_version(), lambda: journal.head.seq),
        shared_cache=post.shared,
    )
    journal.on_written = client.journal_written
    prober, network = Prober(inbox), NetworkWatch(inbox)
    pictures = own.book.settings.get(SNAPSHOT_FOLDER) or pictures_folder()
    writer = SnapshotWriter(Path(pictures), Signer(post.identity.private_key))
    settings = replace(settings, taker=Taker("", post.identity.post_id, f"pantau {product_version()}"))
    purposes = PurposeBook(journal)
    refusals = KeptRefusals(post.state / REFUSALS_FILE, post.identity.private_key)
    console = Console(
        settings,
        client,
        supervisor,
        prober,
        inbox,
        Random(),
        local_hour,
        own.library,
        own.tours,
        own.shortlist,
        JournaledSnapshots(writer, journal),
        journal,
        post.keep,
        purposes,
        DutyBook(settings.sign_in, client.duty, journal, purposes, idle_s_of(own.book.settings)),
        Handover(journal, IncidentFile(post.state)),
        Accounts(refusals),
    )
    journal.write(Event(Kind.STARTED, {"software": product_version()}))
    client.start()
    try:
        yield console, supervisor
    finally:
        network.stop()
        console.stop()
        refusals.stop()
        writer.stop()
        journal.write(Event(Kind.ENDED, {}))
        journal.close()


def _keep_shortlist(shortlist: ShortlistKeeper) -> None:
    try:
        shortlist.keep()
    except ConfigError as error:
        _log.warning("the recently used cameras are not kept: %s", error)


def local_hour() -> int:
    """The hour of the day where this PC stands, 0 to 23."""
    return time.localtime().tm_hour


def _trusting(ca_file: Path | None) -> list[str]:
    """The hosts' arguments that say whose RTSPS certificates to believe; the system's where none is named."""
    return [] if ca_file is None else ["--ca-file", str(ca_file)]
