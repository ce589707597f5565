"""The numbers of the contract that the reference registry keeps to. Pure."""

CONTRACT_VERSION = "1.0"
MIN_CLIENT_VERSION = "0.1.0"
TOKEN_LIFETIME_S = 600
ASSERTION_LIFETIME_MAX_S = 300
CLOCK_LEEWAY_S = 30
"""How far a post's clock may be off when it proves itself."""
ENROLMENT_CODE_LIFETIME_S = 7 * 24 * 3600
LEASE_BATCH_MAX = 64
LEASE_LIFETIME_S = 3_600
OFFLINE_USE_S = 72 * 3_600
"""A wall keeps its tiles for 72 h without the registry (the project's own goal)."""
CHANGES_LIMIT_MAX = 1_000
CHANGES_LIMIT_DEFAULT = 500
CHANGES_WAIT_MAX_S = 25
REQUEST_BODY_MAX_BYTES = 256 * 1024
HISTORY_MAX = 50_000
"""Changes kept for posts to catch up on; an older cursor has expired."""
WRONG_CODES_MAX = 10
WRONG_CODES_WINDOW_S = 60.0
"""So many wrong enrolment codes from one address in that time, then 429."""
LAYOUT_TILES_MAX = 64
LAYOUT_MAX_BYTES = 32 * 1024
LAYOUT_READERS_MAX = 64
LAYOUTS_MAX = 500
"""Of one jurisdiction."""
LAYOUTS_LIMIT_MAX = 500
LAYOUTS_LIMIT_DEFAULT = 200
MONITORS_MAX = 16
WALLS_LIMIT_MAX = 100
WALLS_LIMIT_DEFAULT = 50
WALL_WAIT_MAX_S = 25
ORDER_LASTS_MAX_S = 7 * 24 * 3600
MESSAGE_MAX_LENGTH = 200
SCHEDULE_ENTRIES_MAX = 32
REVISION_MAX = 10**15 - 1
"""Fifteen digits: what `If-Match` can name."""
