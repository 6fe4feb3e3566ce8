"""``binglian generate``: a made-up city that holds together."""

from datetime import date

import pytest
from django.db import connection, transaction

from binglian.command.generating.city import Size, build
from binglian.command.main import main
from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.ledger.models import Chain, LedgerEntry
from binglian.domain.ledger.verifying import verify_chain
from binglian.domain.matters.models import Assignment, Matter, MatterEvent

SMALL = Size(alliances=2, organisations=10, matters=400, offers=40, needs=60)
LAST_DAY = date(2026, 6, 30)


def build_small(seed: int = 1) -> int:
    return build(SMALL, seed=seed, until=LAST_DAY, tell=lambda _what, _rows: None)


@pytest.fixture
def city(db):
    build_small()


def test_the_city_has_what_was_asked_for(city):
    models = (Alliance, Organisation, Matter, Offer, Need, Membership)

    assert [model.objects.count() for model in models] == [2, 10, 400, 40, 60, 10]


def test_its_rows_point_at_rows_that_are_there(city):
    connection.check_constraints()


def test_every_chain_of_its_ledger_holds(city):
    verdicts = {chain.name: verify_chain(chain.name, [], []) for chain in Chain.objects.all()}

    assert list(verdicts) == ["alliance-01", "alliance-02"]
    assert [verdict.fault for verdict in verdicts.values()] == [None, None]
    assert sum(v.entries for v in verdicts.values()) == LedgerEntry.objects.count()


def test_acts_stand_in_the_order_of_time(city):
    for chain in Chain.objects.all():
        instants = LedgerEntry.objects.filter(chain=chain.name).order_by("number")
        told = list(instants.values_list("at", flat=True))
        assert told == sorted(told)


def test_whoever_leads_a_matter_has_the_leading_part(city):
    led = Matter.objects.exclude(lead=None)
    parts = Assignment.objects.filter(part=Assignment.Part.LEAD)

    assert dict(led.values_list("pk", "lead")) == dict(parts.values_list("matter", "organisation"))


def test_most_matters_are_closed_and_every_one_tells_its_course(city):
    assert Matter.objects.filter(state=Matter.State.CLOSED).count() > 300
    assert set(MatterEvent.objects.values_list("matter", flat=True)) == set(
        Matter.objects.values_list("pk", flat=True)
    )


def test_promises_are_in_every_state_that_time_brings(city):
    assert set(Commitment.objects.values_list("state", flat=True)) >= {"judged", "declined"}


def test_the_same_seed_gives_the_same_rows_and_another_others(db):
    ends = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            build_small(seed)
            ends.append(list(Chain.objects.order_by("name").values_list("last_hash", flat=True)))
            transaction.set_rollback(True)

    assert ends[0] == ends[1]
    assert ends[0] != ends[2]


def test_what_comes_after_the_city_gets_a_key_of_its_own(city):
    later = User.objects.create(username="later")

    assert User.objects.order_by("pk").last() == later


def test_nothing_is_generated_beside_what_is_there(db, capsys):
    Organisation.objects.create(name="一个单位")

    status = main(["generate", "--matters", "10", "--lang", "en"])

    assert (status, Organisation.objects.count()) == (2, 1)
    assert "only an empty database" in capsys.readouterr().err


def test_too_few_organisations_are_refused_before_anything_is_drawn(capsys):
    status = main(["generate", "--alliances", "4", "--organisations", "11", "--lang", "en"])

    assert status == 2
    assert "11 organisations are too few for 4 alliances" in capsys.readouterr().err
