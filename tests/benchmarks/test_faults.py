"""Claims on a served site that is killed under load; ``make bench-faults`` tries far more."""

import random
import sqlite3
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.utils.timezone import now

from benchmarks.faults import judging, world
from benchmarks.faults.site import Site
from benchmarks.faults.trials import HARMS, Outcome, tried
from benchmarks.faults.writers import Crowd
from binglian.domain.matters.models import Matter


class Inside:
    """This process, which sees the database of the site, is never killed, and judges."""

    def ask(self, question, **facts):
        return {"judge": judging.judge, "jobs": judging.jobs}[question](**facts)


@contextmanager
def copied_database(folder):
    """Work in a copy of the tests' empty database that other processes see too; gives its URL."""
    original = connection.settings_dict["NAME"]
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        name = str(folder / "binglian.sqlite3")
        copy = sqlite3.connect(name)
        connection.connection.backup(copy)
        copy.close()
    else:
        name = f"{original}_faults"
        connections.close_all()  # a database in use is no template
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield _environment()
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _environment():
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return {}
    place = f"{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}"
    return {"DATABASE_URL": f"postgresql://{place}/{facts['NAME']}"}


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_process_acknowledged_is_there_once(tmp_path, settings):
    killed = next(harm for harm in HARMS if harm.name == "one web process killed")
    outcome = Outcome(killed.name, connection.vendor)
    with copied_database(tmp_path) as environment:
        facts = {"BINGLIAN_MODE": "test", "BINGLIAN_LEDGER_KEY": str(settings.LEDGER_KEY_FILE)}
        site = Site(tmp_path, None, **facts, **environment)
        crowd = Crowd(site.port, world.make(proposals=40), seed=1)
        try:
            site.start_web()
            site.wait_until_it_answers()
            tried(outcome, site, Inside(), killed, crowd, trials=2, drawn=random.Random(1))
        finally:
            crowd.stop()
            site.stop()
    assert (outcome.lost, outcome.duplicated, outcome.half) == ([], [], [])
    assert (outcome.ledger, outcome.database_faults) == ([], [])
    assert outcome.acknowledged > 0
    assert outcome.unanswered == 0


@pytest.mark.django_db
def test_what_was_promised_and_is_not_there_counts_as_lost():
    verdict = judging.judge([("matter", "told", True), ("matter", "untold", False)])
    assert verdict["lost"] == ["matter told"]


@pytest.mark.django_db
def test_rows_that_the_ledger_does_not_know_count_as_half_and_doubled(alliance):
    for number in ("M-1", "M-2"):
        Matter.objects.create(
            alliance=alliance, number=number, text="twice", token_digest=number, reported_at=now()
        )
    verdict = judging.judge([("matter", "twice", True)])
    assert verdict["duplicated"] == ["matter twice ×2"]
    assert verdict["half"] == ["matter twice: 2 rows, 0 in the ledger"]
