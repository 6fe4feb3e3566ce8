"""Somebody asks for a space: received from anybody, taken up as a need, or declined."""

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
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.coupling.actions import ask_directly, outside, save_need
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.heritage.models import Space, SpaceApplication
from binglian.domain.heritage.queries.spaces import may_answer, public_spaces
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .spaces import KIND, UNIT

State = SpaceApplication.State
_NEW = gettext_noop("收到用房申请 %(number)s：“%(space)s”。")


@dataclass(frozen=True, slots=True)
class SpaceWish:
    """What somebody without an account says; the contact never shows in a traceback."""

    applicant: str
    trade: str
    consent_text: str
    text: str = ""
    wanted_on: date | None = None
    #: {name, phone, email}: at least one way to be reached.
    contact: Mapping[str, str] = field(default_factory=dict, repr=False)


@transaction.atomic
def apply_for_space(
    *, space: Space, wish: SpaceWish, doubts: Sequence[str] = ()
) -> tuple[SpaceApplication, str]:
    """Take an application in from anybody; returns it with its secret, told once.

    Raises
    ------
    ActionRefused
        The space is not open to everybody any more, or what is needed is missing.
    """
    alliance = space.place.alliance
    is_open = public_spaces(alliance).filter(pk=space.pk).exists()
    refuse_unless(is_open, _("这处空间已不在招租，请看看别的。"))
    refuse_unless(
        wish.applicant.strip() and wish.trade.strip(), _("请写店名或团队名，和打算经营什么。")
    )
    application = SpaceApplication(
        alliance=alliance,
        space=space,
        applicant=wish.applicant.strip()[:60],
        trade=wish.trade.strip()[:60],
        text=wish.text.strip()[:1000],
        wanted_on=wish.wanted_on,
        consent_text=wish.consent_text.strip(),
    )
    change = {"space": str(space)}
    token = outside.take_in(application, contact=wish.contact, doubts=doubts, change=change)
    readers = people_with(alliance, Role.SECRETARIAT)
    if not doubts:  # an owner is not bothered with what a machine may have written
        readers = readers | liaison_officers(alliance, space.offer.organisation)
    notify(
        readers.distinct(),
        key=f"space_application:{application.pk}",
        message=_NEW,
        facts={"number": application.number, "space": str(space)},
        url=f"/a/{alliance.slug}/space/applications/{application.pk}/",
    )
    return application, token


@transaction.atomic
def take_up_application(
    *, application: SpaceApplication, on_behalf: Organisation, by: User
) -> Commitment:
    """Put it on the list of needs, in the name of a member that stands for the applicant.

    The landlord is asked at once to let the space, as it is asked for every commitment; the
    member judges later whether it was let as promised.

    Raises
    ------
    PermissionDenied
        ``by`` does not keep the lists of that member.
    ActionRefused
        Answered before, the landlord itself was named, or the space is taken.
    """
    application = _locked(application)
    alliance, space = application.alliance, application.space
    outside.require_open(application)
    refuse_unless(
        on_behalf != space.offer.organisation,
        _("出租单位不能替申请人提需求，请选街道、社区或申请人自己的单位。"),
    )
    refuse_unless(space.offer.state == Offer.State.OPEN, _("这处空间已不在招租。"))
    need = save_need(
        alliance=alliance,
        organisation=on_behalf,
        by=by,
        title=f"{application.number} {application.trade}：{space.offer.title}"[:120],
        place=space.offer.place,
        longitude=space.offer.longitude,
        latitude=space.offer.latitude,
        prefers=[space.offer.organisation],
        components=[
            ComponentFacts(kind=KIND, quantity=Decimal(1), unit=UNIT, tags=[application.trade])
        ],
    )
    application.need = need
    outside.settle(application, State.TAKEN_UP)
    commitment = ask_directly(offer=space.offer, component=need.components.get(), by=by)
    change = {"need": need.number, "on_behalf": on_behalf.name}
    record(by, "space_application.taken_up", application, within=alliance, change=change)
    return commitment


@transaction.atomic
def decline_application(
    *, application: SpaceApplication, reason: str, by: User
) -> SpaceApplication:
    """Secretariat or landlord say no; the applicant reads why."""
    application = _locked(application)
    _require_answering(by, application)
    outside.decline(application, reason=reason, by=by)
    return application


@transaction.atomic
def read_application_contact(
    *, application: SpaceApplication, reason: str, by: User
) -> dict[str, str]:
    """How to reach the applicant: {name, phone, email}; every look is recorded with its reason."""
    application = _locked(application)
    _require_answering(by, application)
    return outside.contact_of(application, reason=reason, by=by)


@transaction.atomic
def withdraw_application(*, application: SpaceApplication) -> SpaceApplication:
    """Whoever holds the secret link takes it back: the contact and the words are gone at once."""
    application = _locked(application)
    # The need is its organisation's; whoever stands for the applicant takes it off.
    need = application.need
    change = {"need": need.number} if need and need.state == Need.State.OPEN else {}
    outside.take_back(application, change)
    return application


def erase_due_applications(*, today: date) -> int:
    """The clock erases contacts that are due; returns how many."""
    return outside.erase_due(SpaceApplication, today=today)


def _require_answering(by: User, application: SpaceApplication) -> None:
    if not may_answer(by, application):
        raise PermissionDenied(_("只有秘书处和出租单位可以办理这份申请。"))


def _locked(application: SpaceApplication) -> SpaceApplication:
    rows = SpaceApplication.objects.select_for_update(of=("self",))
    return rows.select_related("alliance", "space__place__alliance", "space__offer__organisation",
                               "space__offer__alliance", "need").get(pk=application.pk)  # fmt: skip
