"""Who sees which matter; every list of matters starts here."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.accounts.tokens import digest_of
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, seats_of
from binglian.domain.matters.models import Assignment, Matter, Whistle, WhistleCall

#: Whoever has one of these sees every matter of the alliance.
_ALL = {Permission.DISPATCH_MATTERS, Permission.REVIEW_OBJECTIONS, Permission.REVISIT}
#: Whoever has one of these for an organisation sees what concerns it.
_OWN = {Permission.HANDLE_MATTERS, Permission.FILE_FOR_RESIDENT, Permission.SIGN_WHISTLE}
WITH_NAMES = ("alliance", "category", "lead", "area")


def matters_visible_to(
    user: User,
    seats: Iterable[Appointment] | None = None,
    *,
    among: Collection[int] | None = None,
) -> QuerySet[Matter]:
    """Matters whose full text the person may read.

    The secretariat and the review desk read all of their alliance, auditors all there are;
    an organisation reads what it handles, is called to, filed itself, or, being a sub-district,
    what lies in its area. What everybody may read is :func:`public_matters`.
    ``seats`` are the person's present ones, where the caller knows them; ``among`` the keys of
    the few matters that matter, so that an organisation's others need not be gone through.
    """
    some = Matter.objects.all() if among is None else Matter.objects.filter(pk__in=among)
    matters = some.select_related(*WITH_NAMES)
    if Role.AUDITOR in user.platform_roles:
        return matters
    if seats is None:
        seats = seats_of(user)
    whole, own = set(), Matter.objects.none().values("pk")
    for seat in seats:
        granted = Role(seat.role).permissions
        if granted & _ALL:
            whole.add(seat.alliance_id)
        elif granted & _OWN and seat.organisation:
            here = some.filter(alliance=seat.alliance_id).order_by()
            parts = _concerning(seat.organisation, user)
            own = own.union(*(here.filter(part).values("pk") for part in parts))
    if not whole:
        return matters.filter(pk__in=own)
    # Somebody of a secretariat sees all of it, so that nothing has to be looked up.
    of_them = Q(alliance__in=whole)
    return matters.filter(of_them if own.query.is_empty() else of_them | Q(pk__in=own))


def public_matters(*alliances: Alliance) -> QuerySet[Matter]:
    """What everybody may see; of their fields only the public ones, see ``public_facts``."""
    shown = Matter.objects.filter(alliance__in=alliances, visibility=Matter.Visibility.PUBLIC)
    return shown.select_related(*WITH_NAMES)


def has_to_do_with_matters(role: Role) -> bool:
    """Whether the role is one for which :func:`matters_visible_to` shows anything."""
    return role is Role.AUDITOR or bool(role.permissions & (_ALL | _OWN))


def matter_by_token(token: str) -> Matter | None:
    """The matter whose secret link this is."""
    found = Matter.objects.filter(token_digest=digest_of(token))
    return found.select_related(*WITH_NAMES, "joined_to").first()


def files_for(user: User, alliance: Alliance) -> Organisation | None:
    """The organisation for which the person, a community worker, files for residents."""
    for seat in alliance.seats_held(user):
        if Permission.FILE_FOR_RESIDENT in Role(seat.role).permissions:
            return seat.organisation
    return None


def organisation_reading_contact(
    user: User, matter: Matter, parts: Iterable[Assignment] | None = None
) -> Organisation | None:
    """For which of the organisations handling the matter the person may reach the reporter.

    ``parts`` are those of the matter that answers it, where the caller has them.
    """
    if parts is None:
        parts = matter.answered_by.assignments.select_related("organisation")
    for assignment in parts:
        if assignment.state == Assignment.State.MOVED:
            continue
        seat = matter.alliance.seat_of(assignment.organisation)
        if has_permission(user, Permission.READ_CONTACT, within=seat):
            return assignment.organisation
    return None


def may_read_contact(user: User, matter: Matter, parts: Iterable[Assignment] | None = None) -> bool:
    """Whether :func:`~..actions.read_contact` would let the person; ``parts`` as above."""
    is_desk = has_permission(user, Permission.DISPATCH_MATTERS, within=matter.alliance)
    return is_desk or bool(organisation_reading_contact(user, matter, parts))


def _concerning(organisation: Organisation, user: User) -> list[Q]:
    """What concerns an organisation, by reason: each is found by an index, all at once by none."""
    parts = Assignment.objects.exclude(state=Assignment.State.MOVED)
    parts = parts.filter(organisation=organisation).order_by()
    own = Whistle.objects.filter(organisation=organisation).order_by()
    calls = WhistleCall.objects.filter(organisation=organisation, whistle__signed_at__isnull=False)
    concerning = [
        Q(pk__in=parts.values("matter")),
        Q(pk__in=calls.order_by().values("whistle__matter")),
        Q(pk__in=own.values("matter")),
        Q(entered_by=user),
        # What was joined to a part of theirs is answered by them.
        Q(joined_to__in=parts.values("matter")),
    ]
    if organisation.kind == Organisation.Kind.SUBDISTRICT and organisation.area_id:
        concerning += [
            Q(area=organisation.area_id),
            Q(area__parent=organisation.area_id),
        ]
    return concerning
