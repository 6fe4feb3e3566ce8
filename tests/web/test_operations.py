"""Probes and figures, as machines ask for them."""

import pytest
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families

from binglian.domain.ledger import guards

TOKEN = "monitor-monitor-monitor"


@pytest.fixture
def monitored(settings):
    settings.METRICS_TOKEN = TOKEN


def figures(client):
    answer = client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.mark.parametrize("path", ["/health/", "/ready/"])
def test_machines_ask_by_whatever_address_they_know(client, db, settings, path):
    settings.ALLOWED_HOSTS = ["alliance.example"]

    answer = client.get(path, HTTP_HOST="10.1.2.3:8000")

    assert (answer.status_code, answer["Cache-Control"].split(",")[0]) == (200, "max-age=0")
    assert client.get("/login/", HTTP_HOST="10.1.2.3:8000").status_code == 400


def test_alive_asks_no_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/").content == b"ok\n"


def test_not_ready_is_503_and_names_the_check(client, db):
    assert client.get("/ready/").json()["ready"] is True
    guards.remove(connection)

    answer = client.get("/ready/")

    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert answer.json()["checks"]["ledger_guard"] == "failing"


@pytest.mark.parametrize("shown", ["", "Bearer wrong", "Basic bW9uaXRvcg==", f"Bearer {TOKEN}x"])
def test_figures_are_for_who_shows_the_token(client, db, monitored, shown):
    assert client.get("/metrics", HTTP_AUTHORIZATION=shown).status_code == 404


def test_without_a_token_of_ours_there_are_no_figures(client, db):
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404


def test_requests_are_counted_by_route_with_what_they_cost(client, viewer, client_of, monitored):
    before = figures(client)
    for _ in range(3):
        client_of(viewer).get("/")
    client.get("/made-up-1/")
    client.get("/made-up-2/")
    after = figures(client)

    def gained(*key):
        return after.get(key, 0) - before.get(key, 0)

    assert gained("binglian_requests_total", "200", "GET", "home") == 3
    assert gained("binglian_requests_total", "404", "GET", "none") == 2
    assert gained("binglian_request_seconds_count", "home") == 3
    assert gained("binglian_sql_statements_total", "home") > 3
    assert not [key for key in after if "made-up" in str(key)]


def test_what_waits_is_told(client, db, monitored):
    told = figures(client)

    assert told["binglian_jobs", "ready"] == told["binglian_mail_waiting",] == 0
    assert told["binglian_disk_free_bytes",] > 0
    assert ("binglian_info", "0.1.0") in told
