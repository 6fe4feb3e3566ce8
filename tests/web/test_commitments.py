"""Claims on commitments as their pages show and change them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import accept_commitment, report_delivery
from binglian.domain.coupling.models import Commitment
from binglian.domain.indicators.kept import forget

LIST = "/a/historic/commitments/"


@pytest.fixture
def url():
    return lambda commitment, act="": f"{LIST}{commitment.pk}/{act}"


def deliver(commitment, giver):
    accept_commitment(commitment=commitment, by=giver)
    return report_delivery(
        commitment=commitment, quantity=commitment.quantity, delivered_on=today(), by=giver
    )


def listed(client, query=""):
    return [row["commitment"] for row in client.get(LIST + query).context["rows"]]


def test_an_empty_list_says_how_commitments_come_about(alliance, viewer, client_of):
    assert "每项匹配成为一项承诺" in client_of(viewer).get(LIST).content.decode()


def test_each_reader_is_offered_exactly_their_next_step(
    propose, giver, receiver, viewer, client_of, url
):
    asked, delivered = propose(), propose()
    deliver(delivered, giver)

    def steps(user, commitment):
        return list(client_of(user).get(url(commitment)).context["steps"])

    assert steps(giver, asked) == ["accept", "decline"]
    assert steps(receiver, asked) == []
    assert steps(giver, delivered) == []
    assert steps(receiver, delivered) == ["judge"]
    assert steps(viewer, delivered) == []


def test_the_giver_accepts_with_an_earlier_day(propose, giver, client_of, url):
    commitment, day = propose(), today() + timedelta(days=3)

    answer = client_of(giver).post(url(commitment, "accept/"), {"due_on": day.isoformat()})

    commitment.refresh_from_db()
    assert (answer.status_code, commitment.state, commitment.due_on) == (302, "accepted", day)


def test_the_giver_accepts_from_the_list_and_only_that_row_comes_back(
    propose, giver, client_of, url
):
    commitment = propose()

    answer = client_of(giver).post(url(commitment, "accept/"), headers={"HX-Request": "true"})

    text = answer.content.decode()
    assert (answer.status_code, text.count("<tr>"), "<html" in text) == (200, 1, False)
    assert "已认领" in text


def test_declining_needs_a_reason(propose, giver, client_of, url):
    commitment, client = propose(), client_of(giver)

    without = client.post(url(commitment, "decline/"), {"why": " "})
    given = client.post(url(commitment, "decline/"), {"why": "已有安排"})

    commitment.refresh_from_db()
    assert (without.status_code, given.status_code) == (422, 302)
    assert (commitment.state, commitment.explanation) == ("declined", "已有安排")


def test_a_delivery_is_reported_and_judged(propose, giver, receiver, client_of, url):
    commitment = propose(quantity=2)
    accept_commitment(commitment=commitment, by=giver)

    facts = {"quantity": "2", "delivered_on": today().isoformat(), "note": "按时"}
    client_of(giver).post(url(commitment, "deliver/"), facts)
    client_of(receiver).post(url(commitment, "judge/"), {"verdict": "met"})

    commitment.refresh_from_db()
    assert (commitment.state, commitment.deliveries.get().verdict) == ("judged", "met")


def test_what_was_sent_back_is_told_to_the_giver(propose, giver, receiver, client_of, url):
    commitment = propose()
    deliver(commitment, giver)
    client_of(receiver).post(url(commitment, "judge/"), {"verdict": "not_met", "note": "没有来"})

    page = client_of(giver).get(url(commitment))

    assert list(page.context["steps"]) == ["deliver", "move", "explain"]
    assert "没有来" in page.content.decode()


def test_the_day_can_be_moved_and_a_failure_explained(propose, giver, client_of, url):
    moved, explained = propose(), propose()
    for commitment in (moved, explained):
        accept_commitment(commitment=commitment, by=giver)
    client, day = client_of(giver), today() + timedelta(days=9)

    client.post(url(moved, "move/"), {"due_on": day.isoformat(), "why": "等批复"})
    client.post(url(explained, "explain/"), {"why": "设备损坏"})

    moved.refresh_from_db(), explained.refresh_from_db()
    assert (moved.due_on, explained.state) == (day, "explained")


def test_the_side_that_may_not_act_is_refused(propose, giver, receiver, client_of, url):
    commitment = propose()

    assert client_of(receiver).post(url(commitment, "accept/")).status_code == 403
    accept_commitment(commitment=commitment, by=giver)
    assert client_of(giver).post(url(commitment, "accept/")).status_code == 409


def test_the_page_tells_what_happened_in_order(propose, giver, client_of, url):
    commitment = propose()
    deliver(commitment, giver)

    acts = client_of(giver).get(url(commitment)).context["acts"]

    assert [(str(act["label"]), act["organisation"]) for act in acts] == [
        ("认领", "建设集团（示例）"),
        ("报告兑现", "建设集团（示例）"),
    ]


def test_the_list_is_narrowed_by_state_side_lateness_and_words(
    propose, giver, receiver, make_need, client_of
):
    asked, late = propose(), propose(need=make_need(title="夜间停车"))
    Commitment.objects.filter(pk=late.pk).update(answer_due_on=today() - timedelta(days=1))
    accepted = accept_commitment(commitment=propose(), by=giver)
    client = client_of(giver)

    assert set(listed(client)) == {asked, late, accepted}
    assert listed(client, "?state=accepted") == [accepted]
    assert listed(client, "?overdue=on") == [late]
    assert listed(client, "?q=停车") == [late]
    assert listed(client, "?side=receive") == []
    assert set(listed(client_of(receiver), "?side=receive")) == {asked, late, accepted}


def test_the_list_says_who_is_awaited(propose, giver, client_of):
    delivered = propose()
    deliver(delivered, giver)

    row = client_of(giver).get(LIST).context["rows"][0]

    assert (row["awaited"].organisation.name, str(row["awaited"].what)) == (
        "海关后社区（示例）",
        "评价",
    )


def test_an_outsider_sees_no_commitment(propose, outsider, client_of, url):
    client = client_of(outsider)
    commitment = propose()

    assert [client.get(LIST).status_code, client.get(url(commitment)).status_code] == [404, 404]


def test_a_longer_list_asks_the_database_no_more_often(propose, viewer, client_of):
    client = client_of(viewer)

    def queries():
        forget()  # as after somebody's act: the proposals here are put into the tables
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        return len(asked)

    propose()
    short = queries()
    propose(), propose()

    assert queries() == short
