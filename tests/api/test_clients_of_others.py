"""A client that others wrote speaks to a running server."""

import itertools
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from binglian.domain.alliance.models import Alliance
from binglian.domain.clients.actions import Registered
from binglian.domain.matters.actions import check_publication
from binglian.domain.matters.models import Category, Matter

TEXT = "黄岛路 17 号院下水道堵塞，雨天倒灌。"


@pytest.fixture(params=["json", "xml"])
def three(
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    alliance: Alliance,
    app: Registered,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Any]:
    """``three`` 0.8.0, of 2013. Two things keep it from Python 3: it imports ``ifilter``, which
    is now the built-in ``filter``, and takes the first of ``keys()``, which is now no list."""
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    with warnings.catch_warnings(action="ignore"):  # its dependencies are as old
        core = import_module("three.core")

    def converted(client: Any, content: bytes, conversion: bool) -> Any:
        if client.format == "xml" and conversion:
            return next(iter(core.xml(content).values()))
        return original(client, content, conversion)

    original = core.Three.convert
    monkeypatch.setattr(core.Three, "convert", converted)
    client = core.Three(
        f"{live_server.url}/open311/v2/",
        api_key=app.key,
        jurisdiction=alliance.slug,
        format=request.param,
    )
    yield client
    client.session.close()


def test_three_lists_services_reports_in_chinese_and_reads_it_back(
    three: Any, lamps: Category, secretariat: Any
) -> None:
    services = three.services()
    [told] = _rows(
        three.post("lamps", address="黄岛路17号", name="小明 王", description=TEXT), "request"
    )
    number = told["service_request_id"]
    waiting = _rows(three.request(number), "request")[0]
    matter = Matter.objects.get(number=number)
    check_publication(matter=matter, public_text=TEXT, is_public=True, by=secretariat)

    assert _rows(services, "service")[0]["service_name"] == "路灯"
    assert (waiting["status"], waiting["description"] or None) == ("open", None)
    [read] = _rows(three.request(number), "request")
    assert (read["description"], read["address"], read["status"]) == (TEXT, "黄岛路17号", "open")
    assert _rows(three.requests("lamps"), "request")[0]["service_request_id"] == number
    assert _rows(three.token(told["token"]), "request")[0]["service_request_id"] == number
    assert three.discovery()["endpoints"] is not None
    assert three._request.headers["Content-Type"] in ("application/json", "text/xml")


def _rows(answer: Any, name: str) -> list[dict[str, Any]]:
    """The rows of an answer; XML as ``three`` reads it has one row as itself, not as a list."""
    rows = answer if isinstance(answer, list) else answer[name]
    return rows if isinstance(rows, list) else [rows]
