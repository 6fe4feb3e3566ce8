"""Whoever holds the secret link follows, judges and tells more."""

import pytest

from binglian.domain.matters.actions import (
    accept_assignment,
    check_publication,
    dispatch_matter,
    read_contact,
    reply,
    report_by_public,
)
from binglian.domain.matters.facts import MatterFacts
from binglian.domain.matters.models import Matter


@pytest.fixture
def answered(reported, drains, secretariat, giver):
    matter = dispatch_matter(matter=reported.matter, category=drains, by=secretariat)
    accept_assignment(assignment=matter.assignments.get(part="lead"), by=giver)
    reply(
        matter=matter,
        outcome="solved",
        public_text="已疏通。",
        private_text="明早再来复查您家门口。",
        by=giver,
    )
    matter.refresh_from_db()
    return matter


def test_the_course_is_told_in_plain_words(client, mine, answered):
    page = client.get(mine).content.decode()

    steps = ["建设集团（示例）已答复。", "已分派给建设集团（示例）主办。", "诉求已收到。"]
    assert [page.index(step) for step in steps] == sorted(page.index(step) for step in steps)
    assert ("已疏通。" in page, "明早再来复查您家门口。" in page) == (True, True)


def test_the_deadline_is_told(client, mine, reported, drains, secretariat):
    dispatch_matter(matter=reported.matter, category=drains, by=secretariat)

    assert "最迟答复" in client.get(mine).content.decode()


def test_neither_caches_nor_search_engines_keep_it(client, mine):
    response = client.get(mine)

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_an_unknown_link_leads_nowhere(client, mine):
    assert client.get("/m/nothing/").status_code == 404


def test_the_reporter_judges_the_answer_once(client, mine, answered):
    page = client.post(mine + "judge/", {"solved": "yes", "content": "basically"}, follow=True)

    assert "您的评价：已解决，基本满意。" in page.content.decode()
    answered.refresh_from_db()
    assert answered.state == "closed"
    assert client.post(mine + "judge/", {"solved": "no", "content": "no"}).status_code == 404


def test_not_solved_keeps_it_open(client, mine, answered):
    client.post(mine + "judge/", {"solved": "no", "content": "no", "note": "又堵了"})

    answered.refresh_from_db()
    assert (answered.state, answered.replies.get().revisit.note) == ("replied", "又堵了")
    assert "复核人员会决定是否重新办理" in client.get(mine).content.decode()


def test_half_a_judgement_is_asked_for_again(client, mine, answered):
    assert client.post(mine + "judge/", {"solved": "yes"}).status_code == 422


def test_nothing_can_be_judged_before_there_is_an_answer(client, mine):
    assert client.post(mine + "judge/", {"solved": "yes", "content": "yes"}).status_code == 404


def test_whoever_joined_reads_the_same_answer(client, answered, alliance, secretariat):
    check_publication(matter=answered, public_text="院里积水。", is_public=True, by=secretariat)
    Matter.objects.filter(pk=answered.pk).update(state="handling")
    same = MatterFacts("我家门口也积水")
    joined = report_by_public(alliance=alliance, facts=same, to=answered)

    page = client.get(f"/m/{joined.token}/").content.decode()

    assert ("已疏通。" in page, "明早再来复查您家门口。" in page) == (True, False)


def test_something_new_is_added(client, mine, reported):
    page = client.post(mine + "add/", {"text": "今天又积水了"}, follow=True).content.decode()

    assert "今天又积水了" in page
    assert reported.matter.additions.count() == 1
    assert client.post(mine + "add/", {"text": " "}).status_code == 422


def test_the_reporter_sees_who_looked_at_the_contact_and_why(client, mine, answered, giver):
    read_contact(matter=answered, reason="约时间上门", by=giver)

    page = client.get(mine).content.decode()
    assert ("建设集团（示例）" in page, "约时间上门" in page) == (True, True)


def test_an_unconfirmed_unreasonable_answer_is_not_shown(
    client, mine, reported, drains, secretariat, giver
):
    matter = dispatch_matter(matter=reported.matter, category=drains, by=secretariat)
    accept_assignment(assignment=matter.assignments.get(part="lead"), by=giver)
    reply(matter=matter, outcome="unreasonable", public_text="无理取闹。", by=giver)

    assert "无理取闹" not in client.get(mine).content.decode()


def test_everything_kept_can_be_taken_along(client, mine, reported):
    client.post(mine + "add/", {"text": "今天又积水了"})

    response = client.get(mine + "export/")

    taken = response.json()
    assert taken["contact"] == {
        "name": "测试诉求人",
        "phone": "13900000000",
        "email": "resident@example.org",
    }
    assert [addition["text"] for addition in taken["additions"]] == ["今天又积水了"]
    assert response["Cache-Control"] == "private, no-store"


def test_what_is_erased_on_request_is_gone_for_good(client, mine, reported):
    client.post(mine + "add/", {"text": "我住二楼"})
    assert client.post(mine + "erase/").status_code == 422

    page = client.post(mine + "erase/", {"is_sure": "on"}, follow=True).content.decode()

    matter = reported.matter
    matter.refresh_from_db()
    assert ("没有保存您的联系方式" in page, "我住二楼" in page) == (True, False)
    assert (bytes(matter.contact.sealed), matter.text) == (b"", "（已按诉求人要求删除）")
    assert [addition.text for addition in matter.additions.all()] == [""]
