"""Goods go to organisations, which confirm that they came; given is handed out plus left."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import admitted_organisations, liaison_officers
from binglian.domain.checks.models import DonatedGood, Donation, HandOut
from binglian.domain.refusals import refuse_unless

from .donations import locked_donation
from .steps import note, require_keeping

_CAME = gettext_noop("请确认贵单位收到：%(what)s（收据 %(receipt)s）。")


@transaction.atomic
def hand_out(
    *, good: DonatedGood, organisation: Organisation, quantity: int, on: date, by: User
) -> HandOut:
    """Some of a good goes to one organisation (发放), which is asked to confirm.

    Raises
    ------
    ActionRefused
        More than is left, nothing at all, no member, a day before it was given or to come, or
        the donation was cancelled.
    """
    donation = locked_donation(good.donation)
    require_keeping(by, donation.project)
    good = donation.goods.get(pk=good.pk)
    refuse_unless(donation.state != Donation.State.CANCELLED, _("这份捐赠已撤销。"))
    left = {"left": good.remaining, "unit": good.unit}
    refuse_unless(0 < quantity <= good.remaining, _("结存 %(left)s %(unit)s，不够发放。") % left)
    refuse_unless(donation.given_on <= on <= today(), _("发放日期须在接收日期和今天之间。"))
    alliance = donation.project.alliance
    is_member = admitted_organisations(alliance).filter(pk=organisation.pk).exists()
    refuse_unless(is_member, _("接收单位须是本联盟成员，由它确认收到；班组的，请选班组所在单位。"))
    row = HandOut.objects.create(
        good=good, organisation=organisation, quantity=quantity, on=on, by=by
    )
    _move(good, quantity)
    what = f"{good.item} {quantity} {good.unit}"
    note(by, "good.handed_out", row, donation.project, {"what": what}, organisation)
    notify(
        liaison_officers(alliance, organisation),
        key=f"hand_out:{row.pk}",
        message=_CAME,
        facts={"what": what, "receipt": donation.receipt_number},
        url=f"/a/{alliance.slug}/goods/{donation.pk}/",
    )
    return row


@transaction.atomic
def confirm_hand_out(*, hand_out: HandOut, by: User) -> HandOut:
    """The receiving organisation says that it came (确认收到)."""
    donation = locked_donation(hand_out.good.donation)
    hand_out = _row(hand_out)
    seat = donation.project.alliance.seat_of(hand_out.organisation)
    require_permission(by, Permission.CONFIRM_GOODS, within=seat)
    refuse_unless(hand_out.taken_back_at is None, _("这一笔已收回。"))
    refuse_unless(hand_out.confirmed_at is None, _("已经确认过。"))
    hand_out.confirmed_by, hand_out.confirmed_at = by, now()
    hand_out.save(update_fields=["confirmed_by", "confirmed_at"])
    note(by, "good.confirmed", hand_out, donation.project, None, hand_out.organisation)
    return hand_out


@transaction.atomic
def take_back(*, hand_out: HandOut, reason: str, by: User) -> HandOut:
    """Handed out wrongly, or brought back: it is left again; the row and the reason stay."""
    donation = locked_donation(hand_out.good.donation)
    require_keeping(by, donation.project)
    hand_out = _row(hand_out)
    refuse_unless(hand_out.taken_back_at is None, _("这一笔已收回。"))
    refuse_unless(reason.strip(), _("请写明收回的原因。"))
    hand_out.taken_back_at, hand_out.reason = now(), reason.strip()[:200]
    hand_out.save(update_fields=["taken_back_at", "reason"])
    _move(hand_out.good, -hand_out.quantity)
    change = {"reason": hand_out.reason, "quantity": hand_out.quantity}
    note(by, "good.taken_back", hand_out, donation.project, change, hand_out.organisation)
    return hand_out


def _row(hand_out: HandOut) -> HandOut:
    """As it is now, read under the donation's lock."""
    return HandOut.objects.select_related("good", "organisation").get(pk=hand_out.pk)


def _move(good: DonatedGood, quantity: int) -> None:
    good.handed_out += quantity
    good.remaining -= quantity
    good.save(update_fields=["handed_out", "remaining"])
