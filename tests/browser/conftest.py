"""One demonstration and one browser for all walks."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from binglian.domain.accounts.models import User
from tools.chromium import PHONE, chromium
from tools.demo_site import DemoSite, build_once, demo_site


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[DemoSite]:
    """A demonstration served by the real command, with its own worker: built once in a run."""
    own = tmp_path_factory.getbasetemp()
    of_the_run = own if worker_id == "master" else own.parent
    with demo_site(build_once(of_the_run)) as started:
        yield started


@pytest.fixture(scope="session")
def site(demo: DemoSite) -> str:
    """The address of the demonstration."""
    return demo.url


@pytest.fixture(scope="module")
def database_beside_the_browser() -> Iterator[None]:
    """The browser's loop runs in this thread, and nothing here is asynchronous but it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after each file: while it is open, no test beside it could use the database."""
    with chromium() as started:
        yield started


@pytest.fixture
def page_of(browser: Browser, live_server: Any) -> Callable[[User], Page]:
    """A phone in the hand of a signed-in person."""

    def open_for(user: User) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(viewport=PHONE, base_url=live_server.url, locale="zh-CN")
        cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
        context.add_cookies([cookie | {"value": client.session.session_key}])
        return context.new_page()

    return open_for
