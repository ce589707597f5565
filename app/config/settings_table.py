"""Every setting of the product: the one table that defaults, command line, files, group policy and reference page
come from. Pure data; any thread; must not import Qt.

A new setting is a line here, its reader takes it from `Settings`, and `python3 dev.py policy` writes the policy
templates and the reference page anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.config.setting import Address, Applies, Choice, Flag, Option, Place, Scope, Setting, Text, Whole
from app.core.budget import HardwareChoice, SurfaceChoice
from app.core.duty import SignInRule
from app.core.model import Profile
from app.core.sentence import Sentence

REGISTRY_URL = Setting(
    "registry.url",
    Address(),
    "",
    Sentence("Address of the registry"),
    Sentence("The central registry whose cameras the wall shows. Until it is set, the first start asks for it."),
    Scope.USER,
    option="--registry",
)
CA_FILE = Setting(
    "registry.ca_file",
    Place(),
    "",
    Sentence("Certificate authority"),
    Sentence(
        "A PEM file with the authority that signs the certificates of the registry and of cameras. "
        "Where it is not set, the system's authorities are believed."
    ),
    Scope.USER,
    option="--ca-file",
)
POST_ID = Setting(
    "registry.post_id",
    Text(),
    "",
    Sentence("Id of the post"),
    Sentence("The post that this PC has to be enrolled as: enrolled as another one, the wall does not open."),
)
LANGUAGE = Setting(
    "look.language",
    Choice(
        (
            Option("id", "id", Sentence("Bahasa Indonesia")),
            Option("en", "en", Sentence("English")),
        )
    ),
    "id",
    Sentence("Language"),
    Sentence("The language that the wall speaks."),
    Scope.USER,
    Applies.NOW,
    variable="PANTAU_LANGUAGE",
)
THEME = Setting(
    "look.theme",
    Choice(
        (
            Option("dark", "dark", Sentence("Dark")),
            Option("contrast", "contrast", Sentence("High contrast")),
        )
    ),
    "dark",
    Sentence("Colours"),
    Sentence("The colours of the windows: for a dark room, or of high contrast."),
    Scope.USER,
    Applies.NOW,
    variable="PANTAU_THEME",
)
KIOSK = Setting(
    "wall.kiosk",
    Flag(),
    False,
    Sentence("Kiosk"),
    Sentence("The wall fills every screen for good, and nothing that an officer does ends it."),
    option="--kiosk",
)
FULL_SCREEN = Setting(
    "wall.full_screen",
    Flag(),
    False,
    Sentence("Full screen"),
    Sentence("The operator's window fills its screen from the start."),
    Scope.USER,
    option="--full-screen",
)
WATERMARK_ALL = Setting(
    "wall.watermark_all",
    Flag(),
    False,
    Sentence("Watermark on all pictures"),
    Sentence("All pictures carry who looks at them and when, not those of private cameras alone."),
)
SIGN_IN = Setting(
    "lock.sign_in",
    Choice(
        (
            Option("required", SignInRule.REQUIRED, Sentence("Required")),
            Option("optional", SignInRule.OPTIONAL, Sentence("Optional")),
        )
    ),
    SignInRule.REQUIRED,
    Sentence("Signing in"),
    Sentence("Whether the controls need an officer who has signed in. The pictures never do."),
    option="--sign-in",
)
IDLE_LOCK_MIN = Setting(
    "lock.idle_min",
    Whole(0, 240),
    15,
    Sentence("Lock after minutes without input"),
    Sentence("After so many minutes without key or mouse the officer has to give the PIN again. 0 never locks."),
    applies=Applies.NOW,
)
SURFACE = Setting(
    "video.surface",
    Choice(
        (
            Option("auto", SurfaceChoice.AUTO, Sentence("Automatic")),
            Option("shared", SurfaceChoice.SHARED, Sentence("Painted by the wall")),
            Option("direct", SurfaceChoice.DIRECT, Sentence("Drawn by libVLC")),
        )
    ),
    SurfaceChoice.AUTO,
    Sentence("How pictures reach the screen"),
    Sentence("Painted by the wall or drawn by libVLC directly. Automatic takes what costs this PC less."),
    option="--surface",
)
HARDWARE = Setting(
    "video.hardware",
    Choice(
        (
            Option("auto", HardwareChoice.AUTO, Sentence("Automatic")),
            Option("always", HardwareChoice.ALWAYS, Sentence("Always")),
            Option("never", HardwareChoice.NEVER, Sentence("Never")),
        )
    ),
    HardwareChoice.AUTO,
    Sentence("Decoding by the graphics card"),
    Sentence(
        "Whether the graphics card decodes the pictures. `pantau doctor` measures whether it saves anything."
    ),
    option="--hardware",
)
_PROFILES: tuple[Option[Profile | None], ...] = (
    Option("auto", None, Sentence("By the size of the tile")),
    Option("sub", Profile.SUB, Sentence("Always the small stream")),
    Option("main", Profile.MAIN, Sentence("Always the large stream")),
)
PROFILE = Setting(
    "video.profile",
    Choice(_PROFILES),
    None,
    Sentence("Which stream of a camera"),
    Sentence("The small stream, the large one, or whichever fits the size of the tile."),
    option="--profile",
)
KEEPS_BUDGET = Setting(
    "video.keep_budget",
    Flag(),
    True,
    Sentence("Keep to the measured limit"),
    Sentence("The wall opens no more streams than `pantau doctor` has found this PC to sustain."),
)
SNAPSHOT_FOLDER = Setting(
    "snapshot.folder",
    Place(),
    "",
    Sentence("Folder of snapshots"),
    Sentence("Where snapshots are written; where it is not set, the system's folder of pictures."),
    Scope.USER,
)
LOG_LEVEL = Setting(
    "log.level",
    Choice(
        (
            Option("debug", "debug", Sentence("Everything")),
            Option("info", "info", Sentence("What happens")),
            Option("warning", "warning", Sentence("What may go wrong")),
            Option("error", "error", Sentence("What has gone wrong")),
        )
    ),
    "warning",
    Sentence("What the log tells"),
    Sentence("The least important record that the log takes. It never holds a password."),
    Scope.USER,
    Applies.NOW,
    option="--log-level",
)
LOG_FILE_MB = Setting(
    "log.file_mb",
    Whole(1, 100),
    5,
    Sentence("Size of a log file in megabytes"),
    Sentence("A log file of that size is put aside and a new one begun."),
)
LOG_FILES = Setting(
    "log.files",
    Whole(1, 50),
    5,
    Sentence("Number of log files"),
    Sentence("So many log files are kept; the oldest one goes."),
)
KEEP_AWAKE = Setting(
    "system.keep_awake",
    Flag(),
    True,
    Sentence("Keep the screens on"),
    Sentence("While a wall shows, neither the screen saver nor sleep begins by itself."),
)
EVENT_LOG = Setting(
    "system.event_log",
    Flag(),
    True,
    Sentence("Windows event log"),
    Sentence("Starts, ends and faults are also written into the Windows event log."),
)
RESTARTS = Setting(
    "system.restart",
    Flag(),
    True,
    Sentence("Start again after a crash"),
    Sentence("A wall that has ended by a fault is started again, later and later if it goes on."),
)

TABLE: tuple[Setting[Any], ...] = (
    REGISTRY_URL,
    CA_FILE,
    POST_ID,
    LANGUAGE,
    THEME,
    KIOSK,
    FULL_SCREEN,
    WATERMARK_ALL,
    SIGN_IN,
    IDLE_LOCK_MIN,
    SURFACE,
    HARDWARE,
    PROFILE,
    KEEPS_BUDGET,
    SNAPSHOT_FOLDER,
    LOG_LEVEL,
    LOG_FILE_MB,
    LOG_FILES,
    KEEP_AWAKE,
    EVENT_LOG,
    RESTARTS,
)
"""All of them, in the order of the reference page."""


PARTS: Mapping[str, Sentence] = MappingProxyType(
    {
        "registry": Sentence("Registry"),
        "look": Sentence("Language and colours"),
        "wall": Sentence("Wall"),
        "lock": Sentence("Lock"),
        "video": Sentence("Video"),
        "snapshot": Sentence("Snapshots"),
        "log": Sentence("Log"),
        "system": Sentence("System"),
    }
)
"""What the parts are called that the keys begin with."""


def setting_of(key: str) -> Setting[Any] | None:
    """The setting with that key; None where there is none."""
    return next((setting for setting in TABLE if setting.key == key), None)
