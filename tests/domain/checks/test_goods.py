"""Goods given to a site: what came is what was handed out and what is left."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from binglian.domain.alliance.models import Organisation, today
from binglian.domain.checks.actions import (
    cancel_donation,
    confirm_hand_out,
    enter_donation,
    find_donor,
    hand_out,
    publish_donation,
    take_back,
)
from binglian.domain.checks.facts import GoodFacts
from binglian.domain.checks.models import DonatedGood, HandOut
from binglian.domain.checks.money import is_money
from binglian.domain.checks.queries import (
    donations_visible_to,
    hand_outs_to_confirm,
    public_donations,
    totals_of,
)
from binglian.domain.ledger.queries import entries_of
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused

WATER = GoodFacts("矿泉水", 100, "箱", Decimal("24.50"))
TOWELS = GoodFacts("毛巾", 300, "条", Decimal("8.90"))


@pytest.fixture
def enter(site, needing, giver):
    """What the needing member gave to the site."""

    def make(*goods, **facts):
        facts = {
            "project": site,
            "donor": needing,
            "receipt_number": "SJ-001",
            "given_on": today(),
            "are_no_wages": True,
            "by": giver,
        } | facts
        return enter_donation(goods=goods or (WATER, TOWELS), **facts)

    return make


def test_given_is_handed_out_plus_left(enter, giving, giver):
    donation = enter()
    water, towels = donation.goods.all()
    hand_out(good=water, organisation=giving, quantity=60, on=today(), by=giver)
    hand_out(good=water, organisation=giving, quantity=15, on=today(), by=giver)
    hand_out(good=towels, organisation=giving, quantity=300, on=today(), by=giver)

    assert [(g.quantity, g.handed_out, g.remaining) for g in donation.goods.all()] == [
        (100, 75, 25),
        (300, 300, 0),
    ]
    totals = totals_of([donation])
    assert (totals.given, totals.handed_out, totals.remaining) == (
        Decimal("5120.00"),  # by hand: 100 × 24.50 + 300 × 8.90
        Decimal("4507.50"),  # 75 × 24.50 + 300 × 8.90
        Decimal("612.50"),  # 25 × 24.50
    )


def test_no_more_is_handed_out_than_is_left(enter, giving, giver):
    water = enter().goods.first()
    hand_out(good=water, organisation=giving, quantity=99, on=today(), by=giver)

    with pytest.raises(ActionRefused, match="结存 1 箱，不够发放"):
        hand_out(good=water, organisation=giving, quantity=2, on=today(), by=giver)


def test_what_is_taken_back_is_left_again_and_its_row_stays(enter, giving, giver):
    water = enter().goods.first()
    row = hand_out(good=water, organisation=giving, quantity=40, on=today(), by=giver)

    take_back(hand_out=row, reason="数错了", by=giver)

    water.refresh_from_db()
    assert (water.handed_out, water.remaining) == (0, 100)
    assert [(one.quantity, one.reason) for one in water.hand_outs.all()] == [(40, "数错了")]
    with pytest.raises(ActionRefused, match="已收回"):
        take_back(hand_out=row, reason="再来", by=giver)


def test_whatever_is_done_the_rows_balance(enter, giving, giver):
    water = enter().goods.first()
    chance = Random(8)
    for _step in range(30):
        try:
            row = hand_out(
                good=water,
                organisation=giving,
                quantity=chance.randint(-3, 40),
                on=today(),
                by=giver,
            )
        except ActionRefused:
            continue
        if chance.random() < 0.6:
            take_back(hand_out=row, reason="退回", by=giver)
    water.refresh_from_db()

    standing = water.hand_outs.filter(taken_back_at=None)
    assert sum(row.quantity for row in standing) == water.handed_out
    assert water.handed_out + water.remaining == water.quantity


def test_the_database_keeps_the_balance_too(enter):
    water = enter().goods.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        DonatedGood.objects.filter(pk=water.pk).update(handed_out=10)


def test_the_receiving_organisation_confirms(enter, needing, giver, receiver, giving):
    water = enter(donor=giving).goods.first()
    row = hand_out(good=water, organisation=needing, quantity=5, on=today(), by=giver)

    assert list(hand_outs_to_confirm(receiver, water.donation.alliance)) == [row]
    with pytest.raises(PermissionDenied):
        confirm_hand_out(hand_out=row, by=giver)
    confirm_hand_out(hand_out=row, by=receiver)

    assert list(hand_outs_to_confirm(receiver, water.donation.alliance)) == []
    assert HandOut.objects.get().confirmed_by == receiver


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"receipt_number": " "}, "先开收据"),
        ({"given_on": today() + timedelta(days=1)}, "不能晚于今天"),
        ({"are_no_wages": False}, "不抵工资"),
    ],
)
def test_what_cannot_be_a_donation_is_refused(enter, wrong, why):
    with pytest.raises(ActionRefused, match=why):
        enter(**wrong)


@pytest.mark.parametrize(
    ("good", "why"),
    [
        (GoodFacts("现金", 1, "元", Decimal(500)), "只登记物资"),
        (GoodFacts("超市购物卡", 20, "张", Decimal(100)), "只登记物资"),
        (GoodFacts("毛巾", 0, "条", Decimal(1)), "正整数"),
        (GoodFacts("毛巾", 1, "条", Decimal("0.005")), "两位小数"),
        (GoodFacts("", 1, "条", Decimal(1)), "品名和计量单位"),
    ],
)
def test_what_is_no_good_is_refused(enter, good, why):
    with pytest.raises(ActionRefused, match=why):
        enter(good)


def test_goods_with_harmless_names_are_goods():
    harmless = ("红糖", "雨衣", "金银花露", "口罩", "花生", "现磨豆浆")

    assert [item for item in harmless if is_money(item)] == []


def test_a_receipt_counts_once_until_it_is_cancelled(enter, giver):
    first = enter()
    with pytest.raises(ActionRefused, match="已登记过"):
        enter()

    cancel_donation(donation=first, reason="填错单位", by=giver)

    assert enter().state == "entered"


def test_what_is_handed_out_is_taken_back_before_a_donation_is_cancelled(enter, giving, giver):
    donation = enter()
    hand_out(good=donation.goods.first(), organisation=giving, quantity=1, on=today(), by=giver)

    with pytest.raises(ActionRefused, match="先逐笔收回"):
        cancel_donation(donation=donation, reason="退回", by=giver)


def test_a_donor_is_an_organisation(site, giver, needing):
    assert find_donor(project=site, name=needing.name, credit_code="", by=giver) == needing
    with pytest.raises(ActionRefused, match="不接受个人捐赠"):
        find_donor(project=site, name="热心居民", credit_code="", by=giver)

    entered = find_donor(
        project=site, name="外地公司（示例）", credit_code="91110000101623741k", by=giver
    )

    assert (entered.name, entered.credit_code) == ("外地公司（示例）", "91110000101623741K")
    assert entered == Organisation.objects.get(name="外地公司（示例）")


def test_only_those_who_keep_the_site_enter_and_hand_out(enter, giving, receiver):
    with pytest.raises(PermissionDenied):
        enter(by=receiver)
    water = enter().goods.first()
    with pytest.raises(PermissionDenied):
        hand_out(good=water, organisation=giving, quantity=1, on=today(), by=receiver)


def test_everybody_sees_what_was_published_and_nothing_else(
    enter, site, alliance, giver, viewer, outsider
):
    entered, published = enter(), enter(receipt_number="SJ-002")
    publish_donation(donation=published, by=giver)

    assert list(public_donations(alliance)) == [published]
    assert set(donations_visible_to(viewer)) == {entered, published}
    assert list(donations_visible_to(outsider)) == []
    Project.objects.filter(pk=site.pk).update(is_public=False)
    assert list(public_donations(alliance)) == []


def test_what_was_public_and_is_cancelled_stays_to_be_seen_and_counts_for_nothing(
    enter, alliance, giver
):
    donation = publish_donation(donation=enter(), by=giver)
    cancel_donation(donation=donation, reason="捐赠单位收回", by=giver)

    shown = list(public_donations(alliance))
    assert [(one.state, one.reason) for one in shown] == [("cancelled", "捐赠单位收回")]
    assert totals_of(shown).given == 0


def test_every_step_is_in_the_ledger(enter, alliance, needing, giver, receiver):
    donation = enter()
    row = hand_out(
        good=donation.goods.first(), organisation=needing, quantity=1, on=today(), by=giver
    )
    confirm_hand_out(hand_out=row, by=receiver)
    publish_donation(donation=donation, by=giver)

    assert [entry.act for entry in entries_of(alliance.slug)[:4]] == [
        "donation.published",
        "good.confirmed",
        "good.handed_out",
        "donation.entered",
    ]
