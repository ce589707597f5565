"""`pantau registry enrol`: IT gets a one-time enrolment code for each post of a table. Runs on the main thread.

Codes are drawn here, printed once and kept as hashes. The registry may serve the same data meanwhile.
"""

from __future__ import annotations

import csv
import sys
import time
from contextlib import closing
from pathlib import Path

from app.core.errors import ConfigError
from app.demo.catalogue.camera_file import reject_sentence
from app.demo.registry.access import AccessStore
from app.demo.registry.data_place import DataPlace
from app.demo.registry.database import Database
from app.demo.registry.post_file import read_post_file


def issue_codes(data: DataPlace, path: Path) -> None:
    """Print a row `name,code` for each post of the file; rows that cannot be used are named on standard error.

    Args:
        data: the registry's file or database.
        path: a CSV file of posts.

    Raises:
        ConfigError: a file cannot be used; one sentence.
    """
    if isinstance(data, Path) and not data.is_file():
        raise ConfigError(f"{data} is no registry's file: start `pantau registry serve` with it first.")
    file = read_post_file(path)
    for reject in file.rejected:
        print(reject_sentence(path, reject), file=sys.stderr, flush=True)
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(("name", "code"))
    with closing(Database(data)) as database:
        access = AccessStore(database, time.time)
        for post in file.posts:
            rows.writerow((post.name, access.issue_code(post.name, post.scope)))
