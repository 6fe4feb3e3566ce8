"""Somebody asks for a space: received from anybody, taken up as a need, or declined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.accounts.sealing import seal, unseal
from binglian.domain.accounts.tokens import digest_of, new_token
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.coupling.actions import ask_directly, save_need
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.heritage.models import Space, SpaceApplication
from binglian.domain.heritage.queries.spaces import may_answer, public_spaces
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .spaces import KIND, UNIT

State = SpaceApplication.State
#: Days after which the contact is erased, whatever became of the application.
KEPT_DAYS = 180
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
    contact = {name: value.strip() for name, value in wish.contact.items() if value.strip()}
    refuse_unless(contact.get("phone") or contact.get("email"), _("请留电话或邮箱，好回复您。"))
    refuse_unless(wish.consent_text.strip(), _("保存联系方式须先征得同意。"))
    # Numbers are given out one at a time.
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    token = new_token()
    application = SpaceApplication.objects.create(
        alliance=alliance,
        space=space,
        number=f"Z-{alliance.space_applications.count() + 1:04d}",
        applicant=wish.applicant.strip()[:60],
        trade=wish.trade.strip()[:60],
        text=wish.text.strip()[:1000],
        wanted_on=wish.wanted_on,
        doubts="、".join(doubts)[:200],
        token_digest=digest_of(token),
        consent_text=wish.consent_text.strip(),
        erase_on=localdate() + timedelta(days=KEPT_DAYS),
    )
    application.sealed = seal(contact, _bound_to(application))
    application.save(update_fields=["sealed"])
    change = {"space": str(space), "doubts": list(doubts)}
    record(None, "space_application.received", application, within=alliance, change=change)
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
    refuse_unless(application.state == State.RECEIVED, _("这份申请已经办理。"))
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
    _answer(application, State.TAKEN_UP)
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
    refuse_unless(application.state == State.RECEIVED, _("这份申请已经办理。"))
    refuse_unless(reason.strip(), _("请写明原因，申请人会看到。"))
    application.reason = reason.strip()[:200]
    _answer(application, State.DECLINED)
    record(
        by,
        "space_application.declined",
        application,
        within=application.alliance,
        change={"reason": application.reason},
    )
    return application


@transaction.atomic
def read_application_contact(
    *, application: SpaceApplication, reason: str, by: User
) -> dict[str, str]:
    """How to reach the applicant: {name, phone, email}; every look is recorded with its reason."""
    application = _locked(application)
    _require_answering(by, application)
    refuse_unless(reason.strip(), _("请写明为什么查看联系方式。"))
    refuse_unless(application.erased_at is None, _("联系方式已删除。"))
    change = {"reason": reason.strip()[:120]}
    record(
        by,
        "space_application.contact_read",
        application,
        within=application.alliance,
        change=change,
    )
    return unseal(bytes(application.sealed), _bound_to(application))


@transaction.atomic
def withdraw_application(*, application: SpaceApplication) -> SpaceApplication:
    """Whoever holds the secret link takes it back: the contact and the words are gone at once."""
    application = _locked(application)
    refuse_unless(application.state != State.WITHDRAWN, _("已经撤回。"))
    if application.need and application.need.state == Need.State.OPEN:
        # The need is its organisation's; whoever stands for the applicant takes it off.
        change = {"need": application.need.number}
    else:
        change = {}
    application.text = ""
    _answer(application, State.WITHDRAWN)
    _erase(application)
    record(
        None, "space_application.withdrawn", application, within=application.alliance, change=change
    )
    return application


def erase_due_applications(*, today: date) -> int:
    """The clock erases contacts that are due; returns how many."""
    due = SpaceApplication.objects.filter(erased_at=None, erase_on__lte=today)
    return sum(_erased_by_clock(application) for application in due)


@transaction.atomic
def _erased_by_clock(application: SpaceApplication) -> bool:
    application = _locked(application)
    _erase(application)
    record(None, "space_application.contact_erased", application, within=application.alliance)
    return True


def _erase(application: SpaceApplication) -> None:
    application.sealed, application.erased_at = b"", now()
    application.save(update_fields=["sealed", "erased_at"])


def _answer(application: SpaceApplication, state: State) -> None:
    application.state, application.answered_at = state, now()
    application.save(update_fields=["state", "answered_at", "reason", "need", "text"])


def _require_answering(by: User, application: SpaceApplication) -> None:
    if not may_answer(by, application):
        raise PermissionDenied(_("只有秘书处和出租单位可以办理这份申请。"))


def _locked(application: SpaceApplication) -> SpaceApplication:
    rows = SpaceApplication.objects.select_for_update(of=("self",))
    return rows.select_related("alliance", "space__place__alliance", "space__offer__organisation",
                               "space__offer__alliance", "need").get(pk=application.pk)  # fmt: skip


def _bound_to(application: SpaceApplication) -> str:
    """A sealed contact moved to another row does not open."""
    return f"space_application:{application.pk}"
