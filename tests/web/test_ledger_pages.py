"""The record on screen: readable, narrowed, checked, and signed for taking away."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.test import Client

import binglian.domain
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint
from binglian.domain.alliance.models import Alliance, Membership
from binglian.domain.coupling.models import Commitment
from binglian.domain.governance.models import Decision
from binglian.domain.ledger import guards
from binglian.domain.ledger.acts import ACTS
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.statements import Statement

LEDGER = "/a/historic/ledger/"


def test_acts_are_told_newest_first_in_plain_words(
    alliance: Alliance, secretariat: User, outsider: User, client_of: Callable[[User], Client]
) -> None:
    seat = appoint(alliance=alliance, user=outsider, role=Role.VIEWER, by=secretariat)
    client_of(secretariat).post(f"/a/historic/seats/{seat.pk}/end/")

    rows = client_of(secretariat).get(LEDGER).context["rows"]

    assert [(e.number, str(act), str(kind)) for e, act, kind in rows] == [
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
    sound = client_of(secretariat).get(LEDGER + "?verify=1")
    guards.remove(connection)
    LedgerEntry.objects.filter(number=1).update(act="appointment.ended")
    guards.install(connection)
    broken = client_of(secretariat).get(LEDGER + "?verify=1")

    assert (sound.context["verdict"].is_sound, sound.context["verdict"].entries) == (True, 1)
    assert broken.context["verdict"].broken_at == 1
    assert "第 1 行起对不上" in broken.content.decode()


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

    assert sorted((literal | from_states) - reserved_acts - ACTS.keys()) == []
