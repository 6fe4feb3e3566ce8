"""Changes to alliances, members and seats."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.actions import create_user, notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .models import (
    Alliance,
    Application,
    Appointment,
    Invitation,
    Membership,
    Organisation,
    today,
)
from .words import Word

INVITATION_DAYS = 14

#: Sentences told to people; kept as sources, rendered in both languages.
_TOLD = {
    "application": gettext_noop("“%(name)s”申请加入联盟，请办理。"),
    "handover": gettext_noop(
        "您接任“%(organisation)s”在“%(alliance)s”的联络员，原有事项由您继续办理。"
    ),
}


# ---- alliances ---------------------------------------------------------------------------------


@transaction.atomic
def found_alliance(
    *, by: User, slug: str, name: str, lead_a: Organisation, lead_b: Organisation, **facts: Any
) -> Alliance:
    """Open an alliance; its two lead bodies are its first members.

    Raises ``ActionRefused`` when slug or name is taken or both leads are the same body.
    """
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    refuse_unless(lead_a != lead_b, _("两个牵头单位不能是同一个单位。"))
    taken = Alliance.objects.filter(models.Q(slug=slug) | models.Q(name=name)).exists()
    refuse_unless(not taken, _("已有同名或同网址名的联盟。"))
    alliance = Alliance.objects.create(slug=slug, name=name, lead_a=lead_a, lead_b=lead_b, **facts)
    record(by, "alliance.founded", alliance, within=alliance, change={"name": name})
    for lead in (lead_a, lead_b):
        category = "functional" if lead.kind == Organisation.Kind.DEPARTMENT else "subdistrict"
        _enter_membership(
            alliance, lead, by, category, Membership.State.ADMITTED, alliance.founded_on or today()
        )
    return alliance


@transaction.atomic
def change_alliance(
    *,
    alliance: Alliance,
    by: User,
    kinds: list[Word] | None = None,
    categories: list[Word] | None = None,
    **facts: Any,
) -> Alliance:
    """Change the words, terms and descriptions of an alliance. Its slug and leads stay."""
    require_permission(by, Permission.MANAGE_ALLIANCE, within=alliance)
    fixed = {"slug", "lead_a", "lead_b", "reserved"} & facts.keys()
    refuse_unless(not fixed, _("网址名、牵头单位和保留事项不能在这里修改。"))
    for field, words in (("kinds", kinds), ("categories", categories)):
        if words is not None:
            codes = [word.code for word in words]
            refuse_unless(len(codes) == len(set(codes)), _("代码不能重复。"))
            facts[field] = [{"code": w.code, "zh": w.zh, "en": w.en} for w in words]
    change = _apply(alliance, facts)
    if change:
        record(by, "alliance.changed", alliance, within=alliance, change=change)
    return alliance


# ---- organisations -----------------------------------------------------------------------------


@transaction.atomic
def enter_organisation(*, by: User, alliance: Alliance | None, **facts: Any) -> Organisation:
    """Enter a new organisation. ``alliance`` is where the person's permission comes from."""
    if alliance is None:
        require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    else:
        require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    return _create_organisation(by, alliance, facts)


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, alliance: Alliance, by: User, **facts: Any
) -> Organisation:
    """Correct what is known of an organisation; says in the ledger what was before."""
    require_permission(by, Permission.EDIT_ORGANISATION, within=alliance.seat_of(organisation))
    belongs = alliance.memberships.filter(organisation=organisation).exists()
    refuse_unless(belongs, _("该单位不在本联盟。"))
    if "name" in facts and facts["name"] != organisation.name:
        taken = Organisation.objects.filter(name=facts["name"]).exists()
        refuse_unless(not taken, _("已有名为“%(name)s”的单位。") % facts)
    change = _apply(organisation, facts)
    if change:
        record(
            by,
            "organisation.changed",
            organisation,
            within=alliance,
            organisation=organisation,
            change=change,
        )
    return organisation


def _create_organisation(
    by: User | None, alliance: Alliance | None, facts: dict[str, Any]
) -> Organisation:
    taken = Organisation.objects.filter(name=facts["name"]).exists()
    refuse_unless(not taken, _("已有名为“%(name)s”的单位。") % facts)
    organisation = Organisation.objects.create(**facts)
    record(
        by,
        "organisation.entered",
        organisation,
        within=alliance,
        organisation=organisation,
        change={key: value for key, value in facts.items() if value not in ("", None)},
    )
    return organisation


# ---- membership --------------------------------------------------------------------------------


@transaction.atomic
def propose_member(
    *,
    alliance: Alliance,
    organisation: Organisation,
    category: str,
    by: User,
    from_on: date | None = None,
    note: str = "",
) -> Membership:
    """Put an organisation forward for admission; ``from_on`` is the day it is to count from."""
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    codes = {word.code for word in alliance.category_words()}
    refuse_unless(category in codes, _("没有这一成员类别：%(code)s。") % {"code": category})
    current = alliance.memberships.filter(
        organisation=organisation, state__in=["applied", "admitted"]
    )
    refuse_unless(not current.exists(), _("该单位已是成员或正待批准。"))
    return _enter_membership(
        alliance, organisation, by, category, Membership.State.APPLIED, from_on, note
    )


@transaction.atomic
def admit_members(*, memberships: Iterable[Membership], by: User | None) -> list[Membership]:
    """Let applicants in. ``by`` is ``None`` when a decision of both leads puts it in force."""
    admitted = []
    for membership in memberships:
        alliance = membership.alliance
        if by is not None:
            require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
            reserved = "alliance.admission" in alliance.reserved
            refuse_unless(not reserved, _("接纳成员须两个牵头单位同意。"))
        membership = Membership.objects.select_for_update().get(pk=membership.pk)
        is_open = membership.state == Membership.State.APPLIED
        refuse_unless(is_open, _("“%(who)s”的申请已办结。") % {"who": membership})
        membership.state = Membership.State.ADMITTED
        membership.from_on = membership.from_on or today()
        membership.save(update_fields=["state", "from_on"])
        record(
            by,
            "membership.admitted",
            membership,
            within=alliance,
            organisation=membership.organisation,
            change={"from_on": membership.from_on},
        )
        application = Application.objects.filter(membership=membership).first()
        if application:
            _send_invitation(alliance, membership.organisation, application.email, None)
        admitted.append(membership)
    return admitted


@transaction.atomic
def refuse_members(*, memberships: Iterable[Membership], by: User | None) -> None:
    """The leads did not agree; the organisations may be proposed again."""
    for membership in memberships:
        if by is not None:
            require_permission(by, Permission.MANAGE_MEMBERS, within=membership.alliance)
        if membership.state != Membership.State.APPLIED:
            continue
        membership.state = Membership.State.REFUSED
        membership.save(update_fields=["state"])
        record(by, "membership.refused", membership, within=membership.alliance)


@transaction.atomic
def withdraw_member(*, membership: Membership, by: User, reason: str = "") -> Membership:
    """An organisation leaves; its seats end, what it still owes stays on record."""
    alliance = membership.alliance
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    refuse_unless(membership.state == Membership.State.ADMITTED, _("该单位不是现有成员。"))
    leads = {alliance.lead_a_id, alliance.lead_b_id}
    refuse_unless(membership.organisation_id not in leads, _("牵头单位不能退出。"))
    membership.state, membership.until_on = Membership.State.WITHDRAWN, today()
    membership.note = reason or membership.note
    membership.save(update_fields=["state", "until_on", "note"])
    seats = alliance.appointments.current().filter(organisation=membership.organisation)
    for seat in seats:
        _end(seat, alliance, by)
    record(
        by,
        "membership.withdrawn",
        membership,
        within=alliance,
        organisation=membership.organisation,
        change={"reason": reason},
    )
    return membership


def _enter_membership(
    alliance: Alliance,
    organisation: Organisation,
    by: User | None,
    category: str,
    state: str,
    from_on: date | None,
    note: str = "",
) -> Membership:
    membership = Membership.objects.create(
        alliance=alliance,
        organisation=organisation,
        category=category,
        state=state,
        from_on=from_on,
        note=note,
    )
    record(
        by,
        f"membership.{state}",
        membership,
        within=alliance,
        organisation=organisation,
        change={"category": category, "from_on": from_on},
    )
    return membership


# ---- applications from outside -----------------------------------------------------------------


@transaction.atomic
def receive_application(*, alliance: Alliance, **facts: Any) -> Application:
    """Anybody may ask to join; nothing else happens until the secretariat has checked."""
    waiting = alliance.applications.filter(
        name=facts["name"], state=Application.State.RECEIVED
    ).exists()
    refuse_unless(not waiting, _("该单位的申请已收到，正在办理。"))
    application = Application.objects.create(alliance=alliance, **facts)
    record(None, "application.received", application, within=alliance)
    notify(
        _secretariat(alliance),
        key=f"application:{application.pk}",
        message=_TOLD["application"],
        facts={"name": application.name},
        url=f"/a/{alliance.slug}/members/",
    )
    return application


@transaction.atomic
def take_up_application(*, application: Application, by: User) -> Membership:
    """The secretariat has checked who is asking; the organisation is put forward."""
    alliance = application.alliance
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    application = Application.objects.select_for_update().get(pk=application.pk)
    is_open = application.state == Application.State.RECEIVED
    refuse_unless(is_open, _("该申请已办理。"))
    organisation = Organisation.objects.filter(name=application.name).first()
    if organisation is None:
        fields = ("name", "kind", "credit_code", "address", "desk")
        facts = {field: getattr(application, field) for field in fields}
        organisation = _create_organisation(by, alliance, facts)
    membership = propose_member(
        alliance=alliance, organisation=organisation, category=application.category, by=by
    )
    application.state, application.answered_at = Application.State.TAKEN_UP, now()
    application.membership = membership
    application.save(update_fields=["state", "answered_at", "membership"])
    record(by, "application.taken_up", application, within=alliance, organisation=organisation)
    return membership


@transaction.atomic
def refuse_application(*, application: Application, reason: str, by: User) -> None:
    """The secretariat does not take the application up, and says why."""
    require_permission(by, Permission.MANAGE_MEMBERS, within=application.alliance)
    refuse_unless(application.state == Application.State.RECEIVED, _("该申请已办理。"))
    refuse_unless(reason.strip(), _("请写明不予受理的原因。"))
    application.state, application.answered_at = Application.State.REFUSED, now()
    application.reason = reason
    application.save(update_fields=["state", "answered_at", "reason"])
    change = {"reason": reason}
    record(by, "application.refused", application, within=application.alliance, change=change)


# ---- seats -------------------------------------------------------------------------------------


@transaction.atomic
def open_account(
    *, alliance: Alliance | None, by: User, username: str, email: str, display_name: str = ""
) -> User:
    """Open a sign-in for somebody who is to hold a seat; they set the password by mail."""
    if alliance is None:
        require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    else:
        require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    user = create_user(username=username, email=email, display_name=display_name)
    record(by, "account.opened", user, within=alliance)
    return user


@transaction.atomic
def appoint(
    *,
    alliance: Alliance,
    user: User,
    role: Role,
    by: User,
    organisation: Organisation | None = None,
) -> Appointment:
    """Give a person a seat. A lead's seat is always that of the lead body."""
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    refuse_unless(not role.is_on_platform, _("平台角色不在联盟内任命。"))
    if role in (Role.LEAD_A, Role.LEAD_B):
        organisation = alliance.lead_a if role is Role.LEAD_A else alliance.lead_b
    return _seat(alliance, user, role, organisation, by)


@transaction.atomic
def end_appointment(*, appointment: Appointment, by: User) -> None:
    """A person gives a seat up from today."""
    require_permission(by, Permission.MANAGE_MEMBERS, within=appointment.alliance)
    refuse_unless(appointment.until_on is None, _("该任职已结束。"))
    _end(appointment, appointment.alliance, by)


@transaction.atomic
def hand_over(
    *, alliance: Alliance, organisation: Organisation, leaving: User, taking_over: User, by: User
) -> Appointment:
    """One liaison officer gives the seat to another in one step (交接).

    Nothing else moves: offers, needs and commitments belong to the organisation.
    """
    require_permission(by, Permission.HAND_OVER, within=alliance.seat_of(organisation))
    seat = (
        alliance.appointments.current()
        .filter(user=leaving, organisation=organisation, role=Role.LIAISON.value)
        .first()
    )
    refuse_unless(seat, _("%(who)s 不是该单位的联络员。") % {"who": leaving})
    refuse_unless(leaving != taking_over, _("请选择另一位接手人。"))
    _end(seat, alliance, by)
    new_seat = _seat(alliance, taking_over, Role.LIAISON, organisation, by)
    notify(
        [taking_over],
        key=f"handover:{new_seat.pk}",
        message=_TOLD["handover"],
        facts={"organisation": organisation.name, "alliance": alliance.name},
        url="/",
    )
    return new_seat


def _seat(
    alliance: Alliance,
    user: User,
    role: Role,
    organisation: Organisation | None,
    by: User | None,
) -> Appointment:
    if role is Role.LIAISON:
        refuse_unless(organisation, _("请选择联络员所代表的单位。"))
        current = alliance.memberships.filter(
            organisation=organisation, state__in=["applied", "admitted"]
        )
        refuse_unless(current.exists(), _("该单位不是本联盟成员。"))
    held = alliance.appointments.current().filter(
        user=user, role=role.value, organisation=organisation
    )
    refuse_unless(not held.exists(), _("%(who)s 已担任该职。") % {"who": user})
    seat = Appointment.objects.create(
        alliance=alliance, user=user, role=role.value, organisation=organisation, from_on=today()
    )
    record(
        by,
        "appointment.made",
        seat,
        within=alliance,
        organisation=organisation,
        change={"user": user.username, "role": role.value},
    )
    return seat


def _end(seat: Appointment, alliance: Alliance, by: User | None) -> None:
    seat.until_on = today()
    seat.save(update_fields=["until_on"])
    record(by, "appointment.ended", seat, within=alliance, organisation=seat.organisation)


# ---- invitations -------------------------------------------------------------------------------


@transaction.atomic
def invite(
    *, alliance: Alliance, by: User, email: str = "", organisation: Organisation | None = None
) -> tuple[Invitation, str]:
    """Make a link by which an organisation joins or its liaison officer takes the seat.

    Returns the invitation and the link's path; only its hash is kept, so show it now.
    """
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    return _send_invitation(alliance, organisation, email, by)


@transaction.atomic
def accept_invitation(
    *,
    token: str,
    by: User,
    category: str = "",
    **organisation_facts: Any,
) -> Appointment | Membership:
    """Use a link: take the seat of an invited organisation, or put a new one forward.

    A new organisation is put forward together with its liaison officer; the seat counts at
    once, the membership after admission.
    """
    invitation = open_invitation(token)
    alliance, organisation = invitation.alliance, invitation.organisation
    if organisation is None:
        organisation = _create_organisation(by, alliance, organisation_facts)
        codes = {word.code for word in alliance.category_words()}
        refuse_unless(category in codes, _("请选择成员类别。"))
        _enter_membership(alliance, organisation, by, category, Membership.State.APPLIED, None)
    elif not alliance.memberships.filter(
        organisation=organisation, state__in=["applied", "admitted"]
    ).exists():
        _enter_membership(
            alliance, organisation, by, category or "other", Membership.State.APPLIED, None
        )
    invitation.used_at, invitation.used_by = now(), by
    invitation.save(update_fields=["used_at", "used_by"])
    record(by, "invitation.used", invitation, within=alliance, organisation=organisation)
    return _seat(alliance, by, Role.LIAISON, organisation, by)


@transaction.atomic
def open_account_by_invitation(
    *, token: str, username: str, email: str, display_name: str, password: str
) -> User:
    """An invited person without an account opens one; the link stays good for the seat."""
    invitation = open_invitation(token)
    user = create_user(username=username, email=email, display_name=display_name, password=password)
    record(user, "account.opened", user, within=invitation.alliance)
    return user


def open_invitation(token: str) -> Invitation:
    """The unused, unexpired invitation of a link; refuses with the remedy otherwise."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(token_hash=_hash(token), used_at=None, expires_at__gt=now())
        .first()
    )
    refuse_unless(invitation, _("邀请链接无效、已使用或已过期，请向秘书处索取新链接。"))
    return invitation


def _send_invitation(
    alliance: Alliance, organisation: Organisation | None, email: str, by: User | None
) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(24)
    inviter = by or _secretariat(alliance).first()
    refuse_unless(inviter, _("联盟还没有秘书处人员，不能发出邀请。"))
    invitation = Invitation.objects.create(
        alliance=alliance,
        organisation=organisation,
        email=email,
        token_hash=_hash(token),
        created_by=inviter,
        expires_at=now() + timedelta(days=INVITATION_DAYS),
    )
    record(by, "invitation.made", invitation, within=alliance, organisation=organisation)
    path = f"/join/{token}/"
    if email:
        text = gettext("“%(alliance)s”邀请贵单位加入。请在 %(days)s 天内打开：%(url)s") % {
            "alliance": alliance.name,
            "days": INVITATION_DAYS,
            "url": settings.SITE_URL + path,
        }
        message = EmailMessage(subject=str(alliance), body=text, to=[email])
        transaction.on_commit(message.send)
    return invitation, path


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _secretariat(alliance: Alliance) -> models.QuerySet[User]:
    seats = alliance.appointments.current().filter(role=Role.SECRETARIAT.value)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)


def _apply(row: models.Model, facts: dict[str, Any]) -> dict[str, list[Any]]:
    """Set the fields that differ and save; returns ``{field: [before, after]}``."""
    change = {}
    for field, value in facts.items():
        before = getattr(row, field)
        if before != value:
            change[field] = [before, value]
            setattr(row, field, value)
    if change:
        row.save()
    return change
