"""Set up, run, test and check Pantau: `python3 dev.py --help`.

Needs nothing but a Python; what is missing is installed by `devtools`. This file is kept in a form that every
Python since 2.7 can read, so that an old one gives a sentence and not a syntax error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "dev.py: Pantau needs Python 3.11 or newer; this one is {}.{}. "  # noqa: UP032
        "Try: python3.11 dev.py".format(sys.version_info[0], sys.version_info[1])
    )

from devtools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
