"""Delegating a lead's decisions for a while, and whom a lead's silence is told to."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.governance.models import Delegation, Lead, Superior
from binglian.domain.governance.queries import body_of, could_be_delegate
from binglian.domain.governance.queries.leads import DECIDES
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .settling import locked_alliance

_MADE = gettext_noop(
    "“%(giver)s”委托您在 %(first)s 至 %(last)s 代表“%(body)s”答复“%(alliance)s”的决定。"
)
_REVOKED = gettext_noop("“%(giver)s”撤销了给您的委托，您不再代表“%(body)s”答复决定。")


@transaction.atomic
def delegate_decisions(
    *,
    alliance: Alliance,
    lead: Lead,
    delegate: User,
    from_on: date,
    until_on: date,
    by: User,
    why: str = "",
) -> Delegation:
    """The holder of a lead's seat lets a colleague decide, from a day to a day, both included.

    Raises
    ------
    PermissionDenied
        ``by`` does not hold the seat itself: a delegate does not delegate on.
    ActionRefused
        The days are past or the wrong way round; the delegate is not of the lead body, works for
        the secretariat, or decides for the other lead.
    """
    require_permission(by, Permission.DELEGATE, within=alliance)
    require_permission(by, DECIDES[lead], within=alliance)
    alliance = locked_alliance(alliance)
    refuse_unless(today() <= from_on <= until_on, _("起止日期须从今天或以后起，且先起后止。"))
    refuse_unless(delegate != by, _("不必委托给自己。"))
    body = body_of(alliance, lead)
    refuse_unless(
        could_be_delegate(delegate, lead, alliance),
        _("只能委托给“%(body)s”在本联盟任职的人，且其不在秘书处、不代表另一牵头单位。")
        % {"body": body},
    )
    others = alliance.delegations.filter(delegate=delegate, revoked_at=None, until_on__gte=today())
    refuse_unless(
        not others.exclude(lead=lead).exists(), _("该同志已受另一牵头单位委托，不能同时受托。")
    )
    delegation = Delegation.objects.create(
        alliance=alliance,
        lead=lead,
        giver=by,
        delegate=delegate,
        from_on=from_on,
        until_on=until_on,
        why=why.strip(),
    )
    change = {"to": delegate.username, "from_on": from_on, "until_on": until_on, "lead": lead.value}
    record(by, "delegation.made", delegation, within=alliance, organisation=body, change=change)
    _tell(delegation, "made", _MADE)
    return delegation


@transaction.atomic
def revoke_delegation(*, delegation: Delegation, by: User) -> Delegation:
    """From now on the delegate answers nothing more; any holder of the same seat may do it."""
    alliance = locked_alliance(delegation.alliance)
    require_permission(by, DECIDES[Lead(delegation.lead)], within=alliance)
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    refuse_unless(not delegation.is_over, _("这项委托已结束。"))
    delegation.revoked_at = now()
    delegation.save(update_fields=["revoked_at"])
    body = body_of(alliance, Lead(delegation.lead))
    record(by, "delegation.revoked", delegation, within=alliance, organisation=body)
    _tell(delegation, "revoked", _REVOKED)
    return delegation


@transaction.atomic
def add_superior(*, alliance: Alliance, lead: Lead, office: str, email: str, by: User) -> Superior:
    """A lead names an office above it that hears of its silence."""
    require_permission(by, Permission.DELEGATE, within=alliance)
    require_permission(by, DECIDES[lead], within=alliance)
    known = alliance.superiors.filter(lead=lead, email__iexact=email).exists()
    refuse_unless(not known, _("这个邮箱已登记。"))
    superior = Superior.objects.create(alliance=alliance, lead=lead, office=office, email=email)
    body = body_of(alliance, lead)
    record(by, "superior.added", superior, within=alliance, organisation=body)
    return superior


@transaction.atomic
def remove_superior(*, superior: Superior, by: User) -> None:
    """A lead takes an office off again."""
    alliance, lead = superior.alliance, Lead(superior.lead)
    require_permission(by, DECIDES[lead], within=alliance)
    record(by, "superior.removed", superior, within=alliance, organisation=body_of(alliance, lead))
    superior.delete()


def _tell(delegation: Delegation, what: str, message: str) -> None:
    alliance = delegation.alliance
    notify(
        [delegation.delegate],
        key=f"delegation:{delegation.pk}:{what}",
        message=message,
        facts={
            "giver": delegation.giver,
            "first": delegation.from_on,
            "last": delegation.until_on,
            "body": body_of(alliance, Lead(delegation.lead)).name,
            "alliance": alliance.name,
        },
        url=f"/a/{alliance.slug}/decisions/delegations/",
    )
