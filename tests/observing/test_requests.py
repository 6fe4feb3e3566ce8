"""Every request leaves one line, and its id is found wherever it went."""

import json

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_protect
from django_tasks.signals import task_finished, task_started
from django_tasks_db.management.commands.db_worker import Worker

from binglian.config import urls
from binglian.domain.coupling.jobs import work_out_scenario
from binglian.domain.ledger.jobs import verify_in_background
from binglian.observing import jobs, origins


def requests_in(lines):
    return [line for line in lines() if line["logger"] == "binglian.requests"]


def test_a_request_leaves_one_line_with_route_user_and_cost(lines, client_of, giver):
    answer = client_of(giver).get("/", HTTP_X_FORWARDED_FOR="203.0.113.7")

    (line,) = requests_in(lines)
    assert (line["route"], line["method"], line["status"]) == ("home", "GET", 200)
    assert (line["user"], line["request_id"]) == (giver.pk, answer.headers["X-Request-Id"])
    assert line["sql"] > 0 < line["ms"]
    assert not {giver.username, giver.email, "203.0.113.7"} & set(map(str, line.values()))


def test_an_address_with_a_secret_stands_in_no_line(lines, client, db):
    client.get("/join/very-secret-token/?key=very-secret-key")
    client.get("/no-such-page/very-secret-token/")

    assert [line["route"] for line in requests_in(lines)] == ["alliance:join", "none"]
    assert "very-secret" not in json.dumps(lines())


def test_a_proxy_names_the_request_only_where_one_stands_in_front(client, settings, db):
    given = {"HTTP_X_REQUEST_ID": "from-the-proxy-1"}

    assert client.get("/login/", **given)["X-Request-Id"] != "from-the-proxy-1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get("/login/", **given)["X-Request-Id"] == "from-the-proxy-1"


@login_not_required
def _failing(request):
    raise RuntimeError("the mail of resident li@example.org")


class _BrokenSite:
    urlpatterns = [
        path("broken/", _failing, name="broken"),
        path("form/", csrf_protect(_failing), name="form"),
        *urls.urlpatterns,
    ]
    handler500 = urls.handler500


def test_an_error_page_shows_the_number_its_lines_have(lines, settings, db):
    settings.ROOT_URLCONF = _BrokenSite
    answer = Client(raise_request_exception=False).get("/broken/")

    number = answer.headers["X-Request-Id"]
    (error,) = [line for line in lines() if line["level"] == "error"]
    assert (answer.status_code, number in answer.content.decode()) == (500, True)
    assert (error["request_id"], error["event"]) == (number, "Internal Server Error: broken")
    assert error["exception"].endswith("RuntimeError: the mail of resident […]")


@pytest.mark.parametrize(("address", "status"), [("/nowhere/", 404), ("/form/", 403)])
def test_other_pages_of_refusal_show_it_too(address, status, settings, db):
    settings.ROOT_URLCONF = _BrokenSite
    answer = Client(enforce_csrf_checks=True).post(address)

    assert answer.status_code == status
    assert answer.headers["X-Request-Id"] in answer.content.decode()


@pytest.fixture
def listening():
    """As a worker listens; the other tests' jobs say nothing."""
    jobs.listen()
    yield
    task_started.disconnect(dispatch_uid=jobs.__name__)
    task_finished.disconnect(dispatch_uid=jobs.__name__)


def _work():
    """Do the jobs that wait, as a worker does."""
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id="tests", excluded_queue_names=[],
    ).run()  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_job_knows_the_request_that_asked_for_it(lines, listening):
    origins.begin(request_id="asked-by-this-one", user=7)
    verify_in_background.enqueue("platform")
    origins.end()

    _work()

    (line,) = [line for line in lines() if line["event"] == "job"]
    assert (line["job"], line["outcome"]) == ("ledger.jobs.verify_in_background", "successful")
    assert (line["request_id"], line["user"]) == ("asked-by-this-one", "7")
    assert origins.request_id() == ""


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_says_why(lines, listening):
    work_out_scenario.enqueue(0)

    _work()

    (line,) = [line for line in lines() if line["event"] == "job"]
    assert (line["level"], line["outcome"]) == ("error", "failed")
    assert line["exception"].endswith("Scenario matching query does not exist.")
