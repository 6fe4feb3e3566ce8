"""What is promised in an agreement or at a meeting is kept like everything else promised here."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import (
    accept_commitment,
    judge_delivery,
    move_due_date,
    remind,
    report_delivery,
)
from binglian.domain.coupling.desk_queries import desk_of, overdue_in, standing_of
from binglian.domain.coupling.models import Commitment
from binglian.domain.coupling.queries import lists_changed_since
from binglian.domain.governance.promises import Promise, promise, release, source_of, state_of
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused

TITLE = "开放报告厅"


@pytest.fixture
def made(alliance, giving, needing):
    return Promise(
        alliance=alliance,
        giver=giving,
        receiver=needing,
        title_zh=TITLE,
        title_en="Open the lecture hall",
        target="每季度一次",
        due_on=today() + timedelta(days=2),
        origin="clause:12",
    )


@pytest.fixture
def pledged(made, giver, receiver):
    promise(made, giver)
    return Commitment.objects.get()


def deliver(commitment, by):
    return report_delivery(commitment=commitment, quantity=Decimal(1), delivered_on=today(), by=by)


def test_a_promise_is_accepted_from_the_start(pledged, giving, needing):
    facts = (pledged.state, pledged.giver, pledged.receiver, pledged.title, pledged.given)

    assert facts == ("accepted", giving, needing, TITLE, "每季度一次")
    assert str(pledged.state_label) == "履行中"


def test_the_same_origin_is_promised_once(pledged, made, giver):
    promise(made, giver)

    assert Commitment.objects.count() == 1
    assert LedgerEntry.objects.filter(act="commitment.pledged").count() == 1


def test_nobody_promises_to_themselves(made, giver):
    with pytest.raises(ActionRefused, match="不能向自己承诺"):
        promise(replace(made, receiver=made.giver), giver)


def test_a_promise_that_is_neither_coupled_nor_pledged_cannot_be_stored(pledged):
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=pledged.pk).update(origin="")


def test_it_stands_on_the_desks_of_both_sides(pledged, giver, receiver):
    assert list(desk_of(giver).due_this_week) == [pledged]
    assert list(desk_of(receiver).awaited) == [pledged]


def test_the_receiver_judges_what_was_delivered(pledged, giver, receiver):
    judge_delivery(delivery=deliver(pledged, giver), verdict="met", by=receiver)

    assert state_of(pledged.alliance, ["clause:12"])["clause:12"].state == "judged"


def test_a_late_promise_is_overdue_and_reminded_of(made, giver, secretariat):
    promise(replace(made, due_on=today() - timedelta(days=1)), giver)
    Notification.objects.all().delete()

    assert [one.title for one in overdue_in(made.alliance)] == [TITLE]
    assert standing_of(made.alliance).deliveries_overdue == 1
    assert state_of(made.alliance, ["clause:12", "clause:13"])["clause:12"].overdue is True
    assert (remind(), remind()) == (2, 0)
    english = Notification.objects.filter(user=giver).get().text_en
    assert "Open the lecture hall" in english


def test_another_day_needs_a_reason_here_too(pledged, giver):
    with pytest.raises(ActionRefused, match="理由"):
        move_due_date(commitment=pledged, due_on=today(), by=giver, why="")


def test_what_is_pledged_is_not_asked_again(pledged, giver):
    with pytest.raises(ActionRefused, match="已答复"):
        accept_commitment(commitment=pledged, by=giver)


def test_release_explains_what_is_still_owed_and_leaves_what_was_judged(
    made, pledged, giver, receiver
):
    promise(replace(made, origin="clause:13"), giver)
    judge_delivery(delivery=deliver(pledged, giver), verdict="met", by=receiver)

    release(made.alliance, ["clause:12", "clause:13"], "已退出联盟", None)

    states = state_of(made.alliance, ["clause:12", "clause:13"])
    assert [states[origin].state for origin in ("clause:12", "clause:13")] == [
        "judged",
        "explained",
    ]
    assert states["clause:13"].explanation == "已退出联盟"


def test_a_pledge_does_not_make_a_run_old(propose, made, giver):
    run = propose().run
    promise(made, giver)

    assert lists_changed_since(run) is False


def test_an_origin_nobody_knows_has_no_source(alliance):
    assert source_of(alliance, "elsewhere:1") is None


# ---- as its pages show it ----------------------------------------------------------------------


def test_the_lists_name_it_like_any_other(pledged, giver, viewer, client_of):
    page = client_of(viewer).get("/a/historic/commitments/?q=报告厅").content.decode()
    home = client_of(giver).get("/").content.decode()
    organisation = client_of(viewer).get(f"/a/historic/organisations/{pledged.giver_id}/")

    assert (TITLE in page, TITLE in home, organisation.context["given"]) == (True, True, [pledged])


def test_it_is_delivered_and_judged_on_its_page(pledged, giver, receiver, client_of):
    url = f"/a/historic/commitments/{pledged.pk}/"
    offered = list(client_of(giver).get(url).context["steps"])
    facts = {"quantity": "1", "delivered_on": today().isoformat()}

    client_of(giver).post(f"{url}deliver/", facts)
    client_of(receiver).post(f"{url}judge/", {"verdict": "met"})

    pledged.refresh_from_db()
    assert (offered, pledged.state) == (["deliver", "move", "explain"], "judged")
