"""The record on screen: readable, narrowed, checked, and signed for taking away."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from openpyxl import load_workbook

import binglian.domain
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint, found_alliance
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.alliance.models import today as today_is
from binglian.domain.coupling.models import Commitment
from binglian.domain.governance.models import Decision
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.acts import ACTS
from binglian.domain.ledger.chain import digest_of
from binglian.domain.ledger.jobs import every_minute
from binglian.domain.ledger.keys import own_public_key
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.statements import Statement, public_key_from
from binglian.domain.refusals import ActionRefused

LEDGER = "/a/historic/ledger/"


def test_acts_are_told_newest_first_in_plain_words(
    alliance: Alliance, secretariat: User, outsider: User, client_of: Callable[[User], Client]
) -> None:
    seat = appoint(alliance=alliance, user=outsider, role=Role.VIEWER, by=secretariat)
    client_of(secretariat).post(f"/a/historic/seats/{seat.pk}/end/")

    rows = client_of(secretariat).get(LEDGER).context["rows"]

    assert [(e.number, str(act), str(kind)) for e, act, kind, _page in rows] == [
        (2, "任职结束", "任职"),
        (1, "安排任职", "任职"),
    ]


def test_one_objects_acts_can_be_read_alone(
    alliance: Alliance,
    secretariat: User,
    outsider: User,
    viewer: User,
    client_of: Callable[[User], Client],
) -> None:
    first = appoint(alliance=alliance, user=outsider, role=Role.VIEWER, by=secretariat)
    appoint(alliance=alliance, user=viewer, role=Role.SECRETARIAT, by=secretariat)

    page = client_of(secretariat).get(f"{LEDGER}?object=alliance.appointment:{first.pk}")

    assert [entry.number for entry, *_labels in page.context["rows"]] == [1]


def test_verifying_names_the_first_row_that_was_tampered_with(
    alliance: Alliance, secretariat: User, outsider: User, client_of: Callable[[User], Client]
) -> None:
    appoint(alliance=alliance, user=outsider, role=Role.VIEWER, by=secretariat)
    sound = client_of(secretariat).post(LEDGER + "verify/", follow=True)
    guards.remove(connection)
    LedgerEntry.objects.filter(number=1).update(act="appointment.ended")
    guards.install(connection)
    broken = client_of(secretariat).post(LEDGER + "verify/", follow=True)

    verdicts = [page.context["verification"] for page in (sound, broken)]
    assert [(v.is_sound, v.entries, v.broken_at) for v in verdicts] == [
        (True, 1, None),
        (False, 0, 1),
    ]
    assert "第 1 行起对不上：内容与哈希不符" in broken.content.decode()


def test_the_page_narrows_by_word_act_body_person_and_day(
    alliance: Alliance,
    secretariat: User,
    outsider: User,
    giving: Organisation,
    client_of: Callable[[User], Client],
) -> None:
    with transaction.atomic():
        record(secretariat, "offer.entered", giving, within=alliance, organisation=giving)
        record(outsider, "need.entered", alliance, within=alliance, change={"title": "礼堂"})
    today, tomorrow = today_is(), today_is() + timedelta(days=1)

    def found(**conditions: object) -> list[int]:
        page = client_of(secretariat).get(LEDGER, conditions)
        return [entry.number for entry, *_rest in page.context["rows"]]

    assert {
        "nothing": found(),
        "a word of the change": found(q="礼堂"),
        "the name of the act": found(q="登记资源"),
        "the act": found(act="need.entered"),
        "the body": found(organisation=giving.pk),
        "the person": found(who="outsid"),
        "from today": found(since=today),
        "from tomorrow": found(since=tomorrow),
        "until today": found(until=today),
        "a day that is none": found(until="2026-02-30"),
        "an object": found(object=f"alliance.organisation:{giving.pk}"),
    } == {
        "nothing": [2, 1],
        "a word of the change": [2],
        "the name of the act": [1],
        "the act": [2],
        "the body": [1],
        "the person": [2],
        "from today": [2, 1],
        "from tomorrow": [],
        "until today": [2, 1],
        "a day that is none": [],
        "an object": [1],
    }


def test_long_ledgers_are_read_page_by_page(
    alliance: Alliance, auditor: User, client_of: Callable[[User], Client]
) -> None:
    with transaction.atomic():
        for _time in range(52):
            record(auditor, "offer.entered", alliance, within=alliance)
    client = client_of(auditor)

    first = client.get(LEDGER)
    second = client.get(f"{LEDGER}?after={first.context['next']}")

    numbers = [entry.number for page in (first, second) for entry, *_ in page.context["rows"]]
    assert (numbers, second.context["next"]) == ([*range(52, 0, -1)], None)


def test_an_exported_line_is_enough_to_compute_its_hash(
    alliance: Alliance, auditor: User, client_of: Callable[[User], Client]
) -> None:
    with transaction.atomic():
        record(auditor, "offer.entered", alliance, within=alliance, change={"b": "甲", "a": 1})

    response = client_of(auditor).get(LEDGER + "export/?format=jsonl")

    content = json.loads(b"".join(response.streaming_content))
    assert content.pop("hash") == digest_of(content)


def test_an_export_runs_no_formula(
    alliance: Alliance, auditor: User, client_of: Callable[[User], Client]
) -> None:
    alliance.name = '=HYPERLINK("https://example.org")'
    with transaction.atomic():
        record(auditor, "offer.entered", alliance, within=alliance)
    client = client_of(auditor)

    text = b"".join(client.get(LEDGER + "export/?format=csv").streaming_content).decode("utf-8-sig")
    _heading, line = csv.reader(io.StringIO(text))
    book = load_workbook(io.BytesIO(client.get(LEDGER + "export/").content))
    cell = book.worksheets[0].cell(2, 9)

    assert line[8] == "'" + alliance.name
    assert (cell.value, cell.data_type) == (alliance.name, "s")


def test_an_auditor_sees_how_every_chain_stands(
    alliance: Alliance, administrator: User, auditor: User, client_of: Callable[[User], Client]
) -> None:
    with transaction.atomic():
        record(auditor, "offer.entered", alliance, within=alliance)
        record(auditor, "account.opened", auditor)
    every_minute()

    page = client_of(auditor).get("/ledger/")

    assert [
        (line.chain, line.verification.is_sound, line.checkpoint.number)
        for line in page.context["lines"]
    ] == [("historic", True, 1), ("platform", True, 1)]
    assert client_of(auditor).get("/a/platform/ledger/").status_code == 200
    assert client_of(administrator).get("/a/platform/ledger/").status_code == 403


def test_no_alliance_takes_the_address_of_the_platforms_own_ledger(
    administrator: User, giving: Organisation, needing: Organisation
) -> None:
    with pytest.raises(ActionRefused, match="platform"):
        found_alliance(
            by=administrator, slug="platform", name="平台", lead_a=giving, lead_b=needing
        )


def test_the_public_key_is_for_everybody(client: Client) -> None:
    assert public_key_from(client.get("/ledger-key.pem").content.decode()) == own_public_key()


def test_an_auditor_takes_a_genuine_checkpoint_away(
    alliance: Alliance,
    secretariat: User,
    outsider: User,
    auditor: User,
    client_of: Callable[[User], Client],
) -> None:
    appoint(alliance=alliance, user=outsider, role=Role.VIEWER, by=secretariat)

    response = client_of(auditor).post(LEDGER + "checkpoint/")

    statement = Statement.from_json(response.content.decode())
    assert (statement.chain, statement.number, statement.is_genuine()) == ("historic", 1, True)
    assert json.loads(response.content)["format"] == "binglian-checkpoint-2"
    assert response["Content-Disposition"] == 'attachment; filename="historic-1.checkpoint.json"'


def test_every_act_the_domain_records_has_plain_words() -> None:
    """Read from the source: literal codes, and those made from states."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(binglian.domain.__path__[0]).rglob("actions*/**/*.py")
    ) + "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(binglian.domain.__path__[0]).rglob("actions.py")
    )
    subjects = {act.partition(".")[0] for act in ACTS}
    literal = set(re.findall(rf'"((?:{"|".join(subjects)})\.[a-z_]+)"', source))
    from_states = {
        *(f"decision.{state}" for state in Decision.State if state != Decision.State.ASKED),
        *(f"commitment.{state}" for state in Commitment.State),
        *(f"membership.{state}" for state in Membership.State),
        *(
            f"{row}.{what}"
            for row in ("offer", "need")
            for what in ("entered", "changed", "withdrawn")
        ),
    }
    reserved_acts = {"alliance.admission"}
    files = {"calendar.ics"}

    assert sorted((literal | from_states) - reserved_acts - files - ACTS.keys()) == []
