"""Every form, sent twice as a double click or a cut connection does, is acted upon once.

All routes that take a POST are measured, a new one too: its form is found on the pages of its
subject, filled in, sent twice under its key, and the rows of all tables are counted.
"""

from typing import Any

import pytest
from django.conf import LazySettings

from .route_table import TABLE, read
from .sending_twice import Case, Sender
from .sent_twice_cases import CASES, ELSEWHERE
from .walk import Route, routes, walked

_ROUTES: dict[str, Route] = {route.name: route for route in routes()}


@pytest.fixture
def sender(
    samples: dict[str, Any], sessions: dict[str, str | None], settings: LazySettings
) -> Sender:
    settings.WEBHOOK_NETWORKS = ["127.0.0.1/32"]
    return Sender(_ROUTES, read(TABLE), samples, sessions)


def test_every_form_sent_twice_is_acted_upon_once(sender: Sender) -> None:
    found = {
        route: sender.outcome(route, CASES.get(route, Case()))
        for route, method in sender.table
        if method == "POST" and route in walked(_ROUTES) - ELSEWHERE.keys()
    }
    assert len(found) > 200 or walked(_ROUTES) != _ROUTES.keys()
    assert found == dict.fromkeys(found, "once")


def test_what_is_not_measured_is_a_route_and_takes_a_post(sender: Sender) -> None:
    posted = {route for route, method in sender.table if method == "POST"}
    assert ELSEWHERE.keys() - posted == set()
    assert CASES.keys() - posted == set()
    assert CASES.keys() & ELSEWHERE.keys() == set()
