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
SHIFT_LIFETIME_S = 16 * 3_600
"""Twice an eight-hour shift: a relief that comes late signs nobody out, a shift that was forgotten ends."""
SHIFT_OFFLINE_S = 72 * 3_600
"""How long a post may verify an officer without the registry: as long as it keeps its tiles without it."""
WRONG_PINS_FREE = 3
"""So many wrong tries in a row cost an officer at a post no wait."""
WRONG_PINS_MAX = 10
"""So many in a row lock the officer out of that post, and out of no other."""
WRONG_PINS_LOCK_S = 15 * 60.0
WRONG_PINS_FORGOTTEN_S = 24 * 3_600.0
"""After so long without a try an officer begins anew at a post."""
POST_WRONG_PINS_FREE = 20
"""So many wrong tries with any numbers cost a post no wait."""
POST_WRONG_PIN_FORGIVEN_S = 180.0
"""A post is forgiven one wrong try in that time."""
WRONG_PIN_WAIT_S = 5.0
WRONG_PIN_WAIT_MAX_S = 300.0
"""The first wait after a wrong try; each further one is twice as long, up to the second number."""
HANDOVER_ITEMS_MAX = 256
HANDOVERS_LIMIT_MAX = 50
HANDOVERS_LIMIT_DEFAULT = 10
AUDIT_BATCH_MAX = 1_000
AUDIT_BODY_MAX_BYTES = 1024 * 1024
"""A thousand lines of a usual 300 to 600 bytes are more than `REQUEST_BODY_MAX_BYTES`."""
AUDIT_LINE_MAX_BYTES = 16 * 1024
AUDIT_DEPTH_MAX = 16
"""Objects and lists inside each other, the line itself included."""
AUDIT_LIMIT_MAX = 1_000
AUDIT_LIMIT_DEFAULT = 500
VIEWINGS_LIMIT_MAX = 1_000
VIEWINGS_LIMIT_DEFAULT = 100
SEQUENCE_MAX = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly."""
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
