"""The committed table of what every route answers, and a walk held against it."""

import csv
import fcntl
import logging
from collections.abc import Collection
from pathlib import Path
from typing import Any

from .route_samples import SECRETS
from .statements_asked import counting
from .statements_within import watching
from .walk import ROLES, answers, names, walked

Table = dict[tuple[str, str], list[str]]
TABLE = Path(__file__).with_name("route_table.csv")
FILES = sorted(path.name for path in TABLE.parent.glob("test_routes_*.py"))


def check(
    dealt: Collection[str],
    samples: dict[str, Any],
    sessions: dict[str, str | None],
    folder: Path,
) -> None:
    """Each of these routes answers as the table says; the table as it now is goes to ``folder``."""
    logging.disable()  # thousands of refusals are what is asked for; the log need not tell of each
    try:
        with watching() as watch, counting() as count:
            found, telling = answers(walked(dealt), samples, sessions, SECRETS)
    finally:
        logging.disable(logging.NOTSET)
    current = _enter(found, dealt, folder / TABLE.name)

    expected = {key: row for key, row in read(TABLE).items() if key[0] in walked(dealt)}
    wrong = [
        f"{','.join(key)},{','.join(row)}"
        + (f"\n    table: {','.join(expected[key])}" if key in expected else "")
        for key, row in found.items()
        if expected.get(key) != row
    ]
    gone = [",".join(key) for key in expected if key not in found]
    # How to reach who reported is told to whoever holds the secret link, and to nobody else.
    assert telling == {"public_matters:export"} & walked(dealt)
    # What looks through the rows of all alliances says why (domain.alliance.crossing).
    assert watch.crossing == {}
    assert count.unexpected() == "", count.unexpected()
    assert (wrong, gone) == ([], []), (
        f"The table differs from what the routes answer ({', '.join(ROLES)}).\n"
        + "\n".join(wrong)
        + ("\nno longer there: " + "; ".join(gone) if gone else "")
        + f"\nIf each of these is right, and {', '.join(FILES)} ran together, "
        + f"copy {current} to {TABLE}."
    )


def _enter(found: Table, dealt: Collection[str], path: Path) -> Path:
    """Put what was found in the place of the rows of these routes; other walks enter theirs."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        others = read(path if path.exists() else TABLE)
        others = {key: row for key, row in others.items() if key[0] not in walked(dealt)}
        place = {name: number for number, name in enumerate(names())}
        rows = {key: row for key, row in (others | found).items() if key[0] in place}
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["route", "method", *ROLES])
            ordered = sorted(rows, key=lambda key: place[key[0]])
            table.writerows([*key, *rows[key]] for key in ordered)
    return path


def read(path: Path) -> Table:
    with path.open(newline="", encoding="utf-8") as file:
        _heading, *rows = csv.reader(file)
    return {(route, method): row for route, method, *row in rows}
