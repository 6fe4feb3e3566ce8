"""Leaving an agreement: by one's own notice, or expelled by decision of both leads."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import liaison_officers, people_with, signatories
from binglian.domain.governance.models import (
    Agreement,
    ClausePledge,
    Decision,
    Departure,
)
from binglian.domain.governance.promises import release
from binglian.domain.governance.queries import open_decision
from binglian.domain.governance.queries.agreements import parties_of, version_in_force
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import found_or_refused, refuse_unless

from .asking import ask_decision

EXPULSION = "governance.expulsion"
Kind, State = Departure.Kind, Departure.State
_NOTICE = gettext_noop("“%(who)s”将于 %(day)s 后不再受《%(agreement)s》约束，其间承诺照常履行。")


@transaction.atomic
def withdraw_from_agreement(
    *, agreement: Agreement, organisation: Organisation, by: User, reason: str
) -> Departure:
    """An organisation gives notice; what it promised stays owed until the notice is over."""
    seat = agreement.alliance.seat_of(organisation)
    require_permission(by, Permission.SIGN_FOR_ORGANISATION, within=seat)
    departure = _ask(agreement, organisation, Kind.WITHDRAWAL, by, reason)
    return give_notice(departure_id=departure.pk, by=by)


@transaction.atomic
def ask_expulsion(
    *, agreement: Agreement, organisation: Organisation, by: User, reason: str
) -> Decision:
    """The secretariat puts an expulsion before both leads."""
    require_permission(by, Permission.DRAFT_AGREEMENTS, within=agreement.alliance)
    departure = _ask(agreement, organisation, Kind.EXPULSION, by, reason)
    return ask_decision(
        alliance=agreement.alliance,
        act=EXPULSION,
        object_ids=[departure.pk],
        by=by,
        permission=Permission.DRAFT_AGREEMENTS,
    )


@transaction.atomic
def give_notice(*, departure_id: int, by: User | None) -> Departure:
    """The period of notice begins today."""
    departure = Departure.objects.select_for_update().get(pk=departure_id)
    refuse_unless(departure.state == State.ASKED, _("这项退出已办理。"))
    agreement = departure.agreement
    departure.state = State.NOTICE
    departure.ends_on = today() + timedelta(days=agreement.notice_days)
    departure.save(update_fields=["state", "ends_on"])
    _record(departure, "departure.notice", by)
    alliance, organisation = agreement.alliance, departure.organisation
    people = (
        liaison_officers(alliance, organisation)
        | signatories(alliance, organisation)
        | people_with(alliance, Role.SECRETARIAT, *LEADS)
    )
    notify(
        people.distinct(),
        key=f"departure:{departure.pk}",
        message=_NOTICE,
        facts={
            "who": organisation.name,
            "day": departure.ends_on,
            "agreement": agreement.title,
        },
        url=agreement.path,
    )
    return departure


@transaction.atomic
def drop_expulsion(*, departure_id: int) -> None:
    """The leads did not agree to it."""
    departure = Departure.objects.select_for_update().get(pk=departure_id)
    departure.state = State.DROPPED
    departure.save(update_fields=["state"])
    _record(departure, "departure.dropped", None)


@transaction.atomic
def end_notices() -> int:
    """Notices that are over: the party is free, and what it still owed is explained."""
    over = Departure.objects.filter(state=State.NOTICE, ends_on__lt=today())
    rows = list(over.select_for_update())
    for departure in rows:
        departure.state = State.LEFT
        departure.save(update_fields=["state"])
        _record(departure, "departure.left", None)
        pledges = ClausePledge.objects.filter(
            clause__version__agreement=departure.agreement, giver=departure.organisation
        ).select_related("clause__version")
        why = _("已退出《%(agreement)s》（%(kind)s，%(day)s）") % {
            "agreement": departure.agreement.title,
            "kind": departure.get_kind_display(),
            "day": departure.ends_on,
        }
        origins = {pledge.origin for pledge in pledges}
        release(departure.agreement.alliance, origins, why, None)
    return len(rows)


def _ask(
    agreement: Agreement, organisation: Organisation, kind: Departure.Kind, by: User, reason: str
) -> Departure:
    alliance = agreement.alliance
    refuse_unless(reason.strip(), _("请写明理由。"))
    version = found_or_refused(version_in_force(agreement), _("这份协议现在没有生效的文本。"))
    is_party = parties_of(version).filter(pk=organisation.pk).exists()
    refuse_unless(is_party, _("“%(who)s”不受这份协议约束。") % {"who": organisation})
    is_lead = organisation.pk in alliance.lead_ids
    refuse_unless(not is_lead, _("牵头单位不能退出；请起草新的一版。"))
    _drop_unasked(agreement, organisation)
    leaving = agreement.departures.filter(
        organisation=organisation, state__in=[State.ASKED, State.NOTICE]
    )
    refuse_unless(not leaving.exists(), _("“%(who)s”已在退出办理中。") % {"who": organisation})
    departure = Departure.objects.create(
        agreement=agreement,
        organisation=organisation,
        kind=kind,
        state=State.ASKED,
        reason=reason.strip(),
        asked_by=by,
    )
    _record(departure, "departure.asked", by)
    return departure


def _drop_unasked(agreement: Agreement, organisation: Organisation) -> None:
    """An expulsion whose ask was taken back, or lapsed, stands in nobody's way."""
    for departure in agreement.departures.filter(organisation=organisation, state=State.ASKED):
        if open_decision(agreement.alliance, EXPULSION, departure.pk) is None:
            drop_expulsion(departure_id=departure.pk)


def _record(departure: Departure, act: str, by: User | None) -> None:
    change = {"kind": departure.kind, "reason": departure.reason, "ends_on": departure.ends_on}
    record(
        by,
        act,
        departure,
        within=departure.agreement.alliance,
        organisation=departure.organisation,
        change=change,
    )
