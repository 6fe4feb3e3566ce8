"""Somebody can help with a need: received from anybody, taken up as an offer, or declined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.coupling.help_queries import may_answer_help
from binglian.domain.coupling.models import Commitment, Component, HelpApplication, Need, Offer
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from . import outside
from .lists import save_offer
from .pairs import ask_directly

_NEW = gettext_noop("有人愿意帮“%(need)s”，编号 %(number)s。")


@dataclass(frozen=True, slots=True)
class Help:
    """What somebody without an account can do; the contact never shows in a traceback."""

    applicant: str
    gives: str
    quantity: Decimal
    consent_text: str
    #: Which of the need's components.
    position: int = 0
    text: str = ""
    #: {name, phone, email}: at least one way to be reached.
    contact: Mapping[str, str] = field(default_factory=dict, repr=False)


@transaction.atomic
def offer_help(
    *, need: Need, help_: Help, doubts: Sequence[str] = ()
) -> tuple[HelpApplication, str]:
    """Take help in from anybody; returns it with its secret, told once.

    Raises
    ------
    ActionRefused
        The need is met or withdrawn, or what is needed is missing.
    """
    alliance = need.alliance
    refuse_unless(need.state == Need.State.OPEN, _("这件需求已有着落，谢谢。请看看别的。"))
    is_told = help_.applicant.strip() and help_.gives.strip()
    refuse_unless(is_told, _("请写店名或团队名，和能帮什么。"))
    refuse_unless(help_.quantity > 0, _("数量须大于零。"))
    is_part = need.components.filter(position=help_.position).exists()
    refuse_unless(is_part, _("请选需求中的一项。"))
    application = HelpApplication(
        alliance=alliance,
        need=need,
        position=help_.position,
        applicant=help_.applicant.strip()[:60],
        gives=help_.gives.strip()[:60],
        quantity=help_.quantity,
        text=help_.text.strip()[:1000],
        consent_text=help_.consent_text.strip(),
    )
    change = {"need": need.number, "quantity": help_.quantity}
    token = outside.take_in(application, contact=help_.contact, doubts=doubts, change=change)
    readers = people_with(alliance, Role.SECRETARIAT)
    if not doubts:  # whoever needs it is not bothered with what a machine may have written
        readers = readers | liaison_officers(alliance, need.organisation)
    notify(
        readers.distinct(),
        key=f"help_application:{application.pk}",
        message=_NEW,
        facts={"number": application.number, "need": need.title},
        url=f"/a/{alliance.slug}/help/{application.pk}/",
    )
    return application, token


@transaction.atomic
def take_up_help(
    *, application: HelpApplication, on_behalf: Organisation, title: str, by: User
) -> Commitment | None:
    """Put it on the list of offers, in the name of a member that stands for the helper.

    If it is enough for what is needed, that member is asked at once to promise it, as for every
    commitment; the one who needs it judges later. If it is less, the offer waits for the next
    coupling run, and ``None`` is returned.

    Raises
    ------
    PermissionDenied
        ``by`` does not take applications, or does not keep the lists of both sides.
    ActionRefused
        Answered before, the one who needs it was named itself, or the need has changed.
    """
    application = _locked(application)
    alliance, need = application.alliance, application.need
    require_permission(by, Permission.TAKE_APPLICATIONS, within=alliance)
    outside.require_open(application)
    refuse_unless(
        on_behalf != need.organisation,
        _("提需求的单位不能替人提供，请选街道、社区或帮助者自己的单位。"),
    )
    component = application.component
    if component is None:
        refuse_unless(False, _("需求改过了，没有这一项了，请先联系帮助者。"))
        return None
    offer = save_offer(
        alliance=alliance,
        organisation=on_behalf,
        by=by,
        title=(title.strip() or f"{application.number} {application.gives}")[:120],
        kind=component.kind,
        tags=list(component.tags),
        quantity=application.quantity,
        lot=min(application.quantity, Decimal(1)),
        unit=component.unit,
        windows=need.windows,
        renews=bool(need.windows) and need.times > 1,
    )
    application.offer = offer
    outside.settle(application, HelpApplication.State.TAKEN_UP)
    change = {"offer": offer.number, "on_behalf": on_behalf.name}
    record(by, "help_application.taken_up", application, within=alliance, change=change)
    return _asked(offer, component, by)


def _asked(offer: Offer, component: Component, by: User) -> Commitment | None:
    is_enough = offer.quantity >= component.quantity
    is_wanted = component.need.state == Need.State.OPEN
    if is_enough and is_wanted:
        return ask_directly(offer=offer, component=component, by=by)
    return None


@transaction.atomic
def decline_help(*, application: HelpApplication, reason: str, by: User) -> HelpApplication:
    """Secretariat, or whoever needs it, say no; the helper reads why."""
    application = _locked(application)
    _require_answering(by, application)
    outside.decline(application, reason=reason, by=by)
    return application


@transaction.atomic
def read_help_contact(*, application: HelpApplication, reason: str, by: User) -> dict[str, str]:
    """How to reach the helper: {name, phone, email}; every look is recorded with its reason."""
    application = _locked(application)
    _require_answering(by, application)
    return outside.contact_of(application, reason=reason, by=by)


@transaction.atomic
def withdraw_help(*, application: HelpApplication) -> HelpApplication:
    """Whoever holds the secret link takes it back: contact and words are gone at once."""
    application = _locked(application)
    # The offer is its organisation's; whoever stands for the helper takes it off.
    offer = application.offer
    change = {"offer": offer.number} if offer and offer.state == Offer.State.OPEN else {}
    outside.take_back(application, change)
    return application


def erase_due_help(*, today: date) -> int:
    """The clock erases contacts that are due; returns how many."""
    return outside.erase_due(HelpApplication, today=today)


def _require_answering(by: User, application: HelpApplication) -> None:
    if not may_answer_help(by, application):
        raise PermissionDenied(_("只有秘书处和提需求的单位可以办理。"))


def _locked(application: HelpApplication) -> HelpApplication:
    rows = HelpApplication.objects.select_for_update(of=("self",))
    return rows.select_related("alliance", "need__organisation", "need__alliance", "offer").get(
        pk=application.pk
    )
