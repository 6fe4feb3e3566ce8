"""Every page and act, for every role and for nobody signed in, against the committed table.

The table is ``route_table.csv``: one row per route and method, one column per role. A cell is
the HTTP status of the answer to an empty request: 200 a page, 302 done or sent on, 403 not
allowed, 404 not to be seen, 405 not that way, 409 the facts forbid it, 422 something to correct;
``login`` means «sign in first». A method that nobody may use has no row.

The walk takes minutes, so ``test_routes_odd.py`` and ``test_routes_even.py`` go every second route
each. When a route is new or changed: run ``pytest tests/web/test_routes*.py``, look at what it
prints with your own eyes, row by row, then copy ``route_table.csv`` from the directory it names
over the committed one. While you build, ``ROUTES=checks:`` in the environment walks only the
routes whose names begin so.
"""

import pytest

from .route_table import TABLE, read
from .walk import ROLES, dealt, names

pytestmark = pytest.mark.once


def test_the_two_walks_go_every_route_once() -> None:
    odd, even = dealt(1), dealt(2)

    assert sorted([*odd, *even]) == sorted(names())
    assert len(odd) - len(even) in (0, 1)


def test_the_table_has_no_row_of_a_route_that_is_gone() -> None:
    assert {route for route, _method in read(TABLE)} - set(names()) == set()


def test_nobody_gets_an_error_of_the_server() -> None:
    assert [key for key, row in read(TABLE).items() if any(a.startswith("5") for a in row)] == []


def test_an_outsider_learns_nothing_of_an_alliance() -> None:
    """Not even that it exists: all its pages are missing for them, or 403 where asked first."""
    column = ROLES.index("outsider")
    inside = (
        "alliance:",
        "coupling:",
        "governance:",
        "ledger:",
        "matters:",
        "projects:",
        "places:",
        "books:",
        "checkups:",
    )
    doors = (
        "alliance:join",
        "alliance:apply",
        "alliance:applied",
        "projects:public",
        "projects:public_moved",
        "ledger:key",
    )
    rows = {
        key: row[column]
        for key, row in read(TABLE).items()
        if key[0].startswith(inside) and key[0] not in doors
    }
    assert {key: cell for key, cell in rows.items() if cell not in ("403", "404", "405")} == {}
