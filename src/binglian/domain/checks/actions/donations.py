"""What organisations give to a site is entered under its receipt, published, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from binglian.domain.accounts.models import User
from binglian.domain.alliance.actions.steps import create_organisation
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import find_organisation
from binglian.domain.checks.facts import MOST_PRICE, MOST_QUANTITY, GoodFacts
from binglian.domain.checks.models import DonatedGood, Donation
from binglian.domain.checks.money import NO_MONEY, is_money
from binglian.domain.projects.models import Project
from binglian.domain.refusals import refuse_unless

from .steps import note, require_keeping

State = Donation.State


@transaction.atomic
def find_donor(*, project: Project, name: str, credit_code: str, by: User) -> Organisation:
    """The organisation of this name; one not known yet is entered by its credit code.

    Raises
    ------
    ActionRefused
        Neither known nor with a valid unified social credit code: a private person has none, and
        nobody may be asked for gifts in public.
    """
    require_keeping(by, project)
    name, credit_code = name.strip(), credit_code.strip().upper()
    refuse_unless(name, _("请写捐赠单位的全称。"))
    known = find_organisation(name)
    if known:
        return known
    refuse_unless(
        uscc.is_valid(credit_code),
        _(
            "没有登记过“%(name)s”。捐赠方须是单位：请填它的 18 位统一社会信用代码；"
            "本平台不接受个人捐赠，不公开募捐。"
        )
        % {"name": name},
    )
    facts = {"name": name, "credit_code": uscc.compact(credit_code)}
    return create_organisation(by, project.alliance, facts)


@transaction.atomic
def enter_donation(
    *,
    project: Project,
    donor: Organisation,
    receipt_number: str,
    given_on: date,
    goods: Sequence[GoodFacts],
    are_no_wages: bool,
    by: User,
) -> Donation:
    """Enter what a site was given under one receipt (登记捐赠); nothing of it is handed out yet.

    Raises
    ------
    ActionRefused
        Receipt missing or used before, a day to come, no goods, a line that is money or has no
        quantity, unit or price, or nobody has said that the goods replace no wages.
    """
    project = _locked_project(project)
    require_keeping(by, project)
    receipt_number = receipt_number.strip()
    refuse_unless(receipt_number, _("请填收据编号：收下物资，先开收据。"))
    standing = project.alliance.donations.exclude(state=State.CANCELLED)
    refuse_unless(
        not standing.filter(receipt_number=receipt_number).exists(),
        _("收据编号“%(number)s”已登记过。") % {"number": receipt_number},
    )
    refuse_unless(given_on <= today(), _("接收日期不能晚于今天。"))
    refuse_unless(are_no_wages, _("请确认：这些物资不抵工资。工资须以货币足额支付。"))
    refuse_unless(goods, _("请至少写一样物资。"))
    donation = Donation.objects.create(
        alliance=project.alliance,
        project=project,
        receipt_number=receipt_number,
        donor=donor,
        given_on=given_on,
        entered_by=by,
    )
    for facts in goods:
        _enter_good(donation, facts)
    change: dict[str, Any] = {
        "donor": donor.name,
        "site": project.title_zh,
        "goods": [f"{one.item} {one.quantity}{one.unit} × {one.unit_price}" for one in goods],
    }
    note(by, "donation.entered", donation, project, change, donor)
    return donation


@transaction.atomic
def publish_donation(*, donation: Donation, by: User) -> Donation:
    """Show everybody who gave what and where it went (公示); from now on as it happens."""
    donation = locked_donation(donation)
    require_keeping(by, donation.project)
    refuse_unless(donation.state == State.ENTERED, _("这份捐赠不在待公示状态。"))
    donation.state, donation.published_at = State.PUBLISHED, now()
    donation.save(update_fields=["state", "published_at"])
    note(by, "donation.published", donation, donation.project)
    return donation


@transaction.atomic
def cancel_donation(*, donation: Donation, reason: str, by: User) -> Donation:
    """Entered wrongly, or given back: it counts no longer; the row and the reason stay.

    Raises
    ------
    ActionRefused
        No reason, cancelled before, or some of it has been handed out and not taken back.
    """
    donation = locked_donation(donation)
    require_keeping(by, donation.project)
    refuse_unless(donation.state != State.CANCELLED, _("这份捐赠已撤销。"))
    refuse_unless(reason.strip(), _("请写明撤销的原因。"))
    refuse_unless(
        not donation.goods.filter(handed_out__gt=0).exists(),
        _("已有物资发放出去，请先逐笔收回，再撤销。"),
    )
    donation.state, donation.reason = State.CANCELLED, reason.strip()[:200]
    donation.save(update_fields=["state", "reason"])
    note(by, "donation.cancelled", donation, donation.project, {"reason": donation.reason})
    return donation


def locked_donation(donation: Donation) -> Donation:
    """The donation locked: what is handed out of it is handed out one after the other."""
    rows = Donation.objects.select_for_update(of=("self",))
    return rows.select_related("project__alliance", "project__owner", "donor").get(pk=donation.pk)


def _enter_good(donation: Donation, facts: GoodFacts) -> None:
    item, unit = facts.item.strip(), facts.unit.strip()
    refuse_unless(item and unit, _("请写品名和计量单位。"))
    refuse_unless(not is_money(item) and not is_money(unit), NO_MONEY % {"item": item})
    told = {"item": item}
    refuse_unless(0 < facts.quantity <= MOST_QUANTITY, _("“%(item)s”的数量须是正整数。") % told)
    price = facts.unit_price
    refuse_unless(
        0 <= price <= MOST_PRICE and price == round(price, 2),
        _("“%(item)s”的单价以元计，最多两位小数。") % told,
    )
    DonatedGood.objects.create(
        donation=donation,
        item=item[:60],
        unit=unit[:10],
        quantity=facts.quantity,
        unit_price=price,
        remaining=facts.quantity,
    )


def _locked_project(project: Project) -> Project:
    rows = Project.objects.select_for_update(of=("self",)).select_related("alliance", "owner")
    return rows.get(pk=project.pk)
