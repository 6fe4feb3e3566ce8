"""What briefing and cockpit say of a site: findings, standing still, goods, promises, open days."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Appointment, today
from binglian.domain.checks import actions as act
from binglian.domain.checks.facts import FindingFacts, GoodFacts
from binglian.domain.checks.models import Finding, OpenDay
from binglian.domain.indicators.briefing.composing import told_in
from binglian.domain.indicators.briefing.figuring import figures_of
from binglian.domain.indicators.briefing.subjects import COUNTS
from binglian.domain.indicators.briefing.telling import day, shortly, since
from binglian.domain.indicators.cockpit import waiting_in
from binglian.domain.indicators.periods import month
from binglian.domain.indicators.records import Records
from binglian.domain.projects.models import Project

SITE = (
    "findings", "closed", "unfixed", "still", "donations", "hand_outs", "promises", "open_days",
    "observations",
)  # fmt: skip


@pytest.fixture
def inspectors(alliance):
    """Two, so that one can look again at what the other found."""
    found = [User.objects.create(username=name) for name in ("finder", "rechecker")]
    for user in found:
        Appointment.objects.create(
            alliance=alliance, user=user, role=Role.INSPECTOR.value, from_on=today()
        )
    return found


@pytest.fixture
def site(project):
    made = project("b", is_public=True)
    Project.objects.filter(pk=made.pk).update(state=Project.State.RUNNING)
    return Project.objects.select_related("alliance", "owner").get(pk=made.pk)


@pytest.fixture
def found(site, inspectors):
    """A finding for the site's owner, due in so many days."""

    def make(what="三层临边无防护栏", due=3):
        facts = FindingFacts(
            what=what, place="地下三层", family="safety", grade="major", organisation=site.owner,
            due_on=today(), found_at=now(), standard="临边有可靠防护",
        )  # fmt: skip
        made = act.issue_finding(project=site, facts=facts, key=uuid4(), by=inspectors[0])
        Finding.objects.filter(pk=made.pk).update(due_on=today() + timedelta(days=due))
        return made

    return make


@pytest.fixture
def put_right(giver):
    def make(finding):
        act.receive_finding(finding=finding, by=giver)
        act.fix_responsibility(
            finding=finding, post="安全岗", duty="装栏", measure="加立杆", by=giver
        )
        act.report_fixed(finding=finding, words="已装", by=giver)

    return make


@pytest.fixture
def counts(alliance):
    def read(as_of=None):
        records = Records(alliance, as_of or now())
        return {code: len(list(COUNTS[code].cases(records, month(today())))) for code in SITE}

    return read


@pytest.fixture
def told(alliance):
    """The lines of a part, each with its facts."""

    def read(part, as_of=None):
        lines = told_in(Records(alliance, as_of or now()), month(today()))[part]
        return [(line.text, line.facts) for line in lines]

    return read


def awaited(alliance):
    return [(str(one.whom), one.what, one.days) for one in waiting_in(alliance)]


def test_a_finding_is_awaited_from_whoever_must_act_next(
    alliance, site, found, put_right, inspectors, told, counts
):
    owner, late = site.owner.name, found(due=-2)
    fresh = found(what="配电箱无门")

    assert told("stuck") == [
        (f"等{owner}整改“三层临边无防护栏”（重大），已超过期限。",
         since(today() - timedelta(days=2), today())),
    ]  # fmt: skip
    assert awaited(alliance) == [(owner, "整改：三层临边无防护栏", 2)]
    assert (counts()["findings"], counts()["unfixed"]) == (2, 1)

    put_right(late)
    again = f"等检查员复查{owner}整改的“三层临边无防护栏”。"
    assert told("stuck") == [(again, since(today(), today()))]
    assert awaited(alliance) == [("检查员", "复查：三层临边无防护栏", 0)]

    act.close_finding(finding=late, words="已装牢", by=inspectors[1])
    assert told("stuck") == awaited(alliance) == []
    assert told("done") == [(f"{owner}整改“三层临边无防护栏”，经另一人复查销号。", day(today()))]
    assert (counts()["closed"], counts()["unfixed"]) == (1, 0)
    assert fresh.state == Finding.State.ISSUED


def test_a_stop_order_is_told_once_and_turns_to_whoever_must_consent(
    alliance, site, found, put_right, inspectors, giver, told, counts
):
    stopped = found(due=-2)
    order = act.order_stop(finding=stopped, scope="三层以上作业", by=inspectors[0])
    owner = site.owner.name

    assert told("stuck") == [
        (f"停工中：等{owner}整改“三层临边无防护栏”（重大）。", since(today(), today()))
    ]
    assert awaited(alliance) == [(owner, "停工整改：三层临边无防护栏", 0)]
    assert counts()["still"] == 1

    put_right(stopped)
    assert awaited(alliance) == [("检查员", "复查：三层临边无防护栏", 0)]
    act.close_finding(finding=stopped, words="已装牢", by=inspectors[1])
    assert awaited(alliance) == [(owner, "申请复工：三层临边无防护栏", 0)]
    assert told("stuck")[0][0] == f"停工中：等{owner}申请复工（“三层临边无防护栏”已销号）。"
    act.ask_to_resume(order=order, words="已装，请求复工", by=giver)
    assert awaited(alliance) == [("检查员", "答复复工：三层临边无防护栏", 0)]
    assert told("stuck")[0][0] == f"停工中：等检查员答复{owner}的复工申请（“三层临边无防护栏”）。"

    act.consent_to_resume(order=order, words="可以复工", by=inspectors[1])
    assert counts()["still"] == 0
    assert told("stuck") == awaited(alliance) == []


def test_what_comes_again_later_changes_nothing_of_before(
    found, put_right, inspectors, counts, told
):
    closed = found()
    put_right(closed)
    act.close_finding(finding=closed, words="已装牢", by=inspectors[1])
    then = now()
    before = counts(then), told("done", then), told("stuck", then), told("ahead", then)

    act.reopen_finding(
        finding=closed, what="又拆了", due_on=today() + timedelta(days=9), by=inspectors[0]
    )

    assert (counts(then), told("done", then), told("stuck", then), told("ahead", then)) == before
    assert counts()["closed"] == 1  # it was closed this month, whatever came after


def test_goods_wait_for_whoever_is_said_to_have_them(
    alliance, site, giver, bodies, told, counts, receiver
):
    donation = act.enter_donation(
        project=site,
        donor=bodies["shop"],
        receipt_number="SJ-1",
        given_on=today(),
        goods=[GoodFacts("矿泉水", 40, "箱", Decimal("30.00"))],
        are_no_wages=True,
        by=giver,
    )
    out = act.hand_out(
        good=donation.goods.get(), organisation=bodies["needing"], quantity=10, on=today(), by=giver
    )

    shop, needing = bodies["shop"].name, bodies["needing"].name
    assert told("done") == [(f"{shop}向“地下空间”工地捐赠矿泉水 40 箱。", day(today()))]
    assert told("stuck") == [(f"等{needing}确认收到矿泉水 10 箱。", since(today(), today()))]
    assert awaited(alliance) == [(needing, "确认收到：矿泉水", 0)]
    then = now()
    act.confirm_hand_out(hand_out=out, by=receiver)
    assert told("stuck") == awaited(alliance) == []

    act.take_back(hand_out=out, reason="发错了", by=giver)
    act.cancel_donation(donation=donation, reason="录错了", by=giver)

    assert (counts()["donations"], counts()["hand_outs"]) == (0, 0)
    assert (counts(then)["donations"], counts(then)["hand_outs"]) == (1, 1)


def test_a_promise_waits_for_each_party_that_has_not_signed(alliance, site, giver, bodies, told):
    contract = act.enter_contract(
        project=site, number="HT-1", title="主体施工合同", subject="主体", signed_on=today(),
        digest="0" * 64, parties=[bodies["giving"], bodies["needing"]], by=giver,
    )  # fmt: skip
    act.open_promise(contract=contract, text="不送礼，不收礼。", by=giver)

    names = [bodies[name].name for name in ("giving", "needing")]
    assert [text for text, _facts in told("stuck")] == [
        f"等{name}签署“主体施工合同”的廉洁承诺。" for name in names
    ]
    assert {whom for whom, _what, _days in awaited(alliance)} == set(names)


def test_an_open_day_is_ahead_then_owes_its_record_then_is_done(
    alliance, site, giver, told, counts
):
    starts_at = now() + timedelta(hours=1)
    one = act.announce_open_day(
        project=site, title_zh="工地开放日", title_en="", meet_at="东门", capacity=20, notes="",
        notes_en="", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2), by=giver,
    )  # fmt: skip
    assert awaited(alliance) == []

    over = now() - timedelta(days=1)
    OpenDay.objects.filter(pk=one.pk).update(starts_at=over - timedelta(minutes=1), ends_at=over)
    assert awaited(alliance) == [(site.owner.name, "公开现场问答：工地开放日", 1)]
    assert [text for text, _facts in told("stuck")] == [
        f"等{site.owner.name}公开“工地开放日”的现场问答。"
    ]

    one.refresh_from_db()
    act.record_open_day(open_day=one, record_zh="问：何时完工？答：明年。", visitors=12, by=giver)
    assert told("stuck") == awaited(alliance) == []


def test_an_alliance_without_a_site_has_no_rows_about_one(alliance, bodies, asked):
    asked(due=10)
    codes = {
        one.code for one in figures_of(Records(alliance, now()), month(today()), month(today()))
    }

    assert codes & set(SITE) == set()
    assert {"received", "members", "needs"} <= codes


def test_what_somebody_wrote_is_told_in_one_short_line():
    assert shortly("  三层\n临边 ") == "三层 临边"
    assert shortly("字" * 31) == "字" * 29 + "…"
