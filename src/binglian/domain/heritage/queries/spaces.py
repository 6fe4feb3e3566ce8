"""Space to let, and who asks for it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.tokens import digest_of
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import alliances_visible_to, own_organisations
from binglian.domain.coupling.models import Commitment, Offer
from binglian.domain.heritage.models import Guardian, Place, Space, SpaceApplication
from binglian.domain.ledger.looks import Look, looks_at

_WITH = ("offer__organisation", "offer__alliance", "place__area", "place__alliance")


def spaces_visible_to(user: User) -> QuerySet[Space]:
    spaces = Space.objects.filter(place__alliance__in=alliances_visible_to(user))
    return spaces.select_related(*_WITH).annotate(is_taken=_taken())


def public_spaces(alliance: Alliance) -> QuerySet[Space]:
    """Rooms anybody may ask for: public, of a public place, still on the list, not taken."""
    spaces = Space.objects.filter(
        place__alliance=alliance,
        is_public=True,
        place__is_public=True,
        offer__state=Offer.State.OPEN,
    )
    return spaces.select_related(*_WITH).exclude(_taken()).annotate(is_taken=Value(False))


def _taken() -> Exists:
    """Whether its owner has promised it to somebody."""
    return Exists(Commitment.objects.filter(offer=OuterRef("offer"), state__in=Commitment.BINDING))


def landlords_of(place: Place) -> QuerySet[Organisation]:
    """Who may let rooms of a place: its owner and its agent."""
    guardians = place.guardians.filter(until_on=None, role__in=Guardian.LANDLORDS)
    return Organisation.objects.filter(pk__in=guardians.values("organisation"))


def applications_visible_to(user: User, alliance: Alliance) -> QuerySet[SpaceApplication]:
    """Applications the person may answer: the secretariat all, an owner those for its rooms."""
    applications = alliance.space_applications.select_related(
        "alliance", "space__place", "space__offer__organisation", "need"
    )
    if has_permission(user, Permission.TAKE_APPLICATIONS, within=alliance):
        return applications
    own = own_organisations(user, alliance)
    return applications.filter(Q(space__offer__organisation__in=own))


def may_answer(user: User, application: SpaceApplication) -> bool:
    """Whether the person decides on the application: secretariat or landlord."""
    if has_permission(user, Permission.TAKE_APPLICATIONS, within=application.alliance):
        return True
    seat = application.alliance.seat_of(application.space.offer.organisation)
    return has_permission(user, Permission.ANSWER_COMMITMENT, within=seat)


def application_by_token(token: str) -> SpaceApplication | None:
    """The application whose secret link this is."""
    found = SpaceApplication.objects.filter(token_digest=digest_of(token))
    return found.select_related("alliance", "space__place", "space__offer__organisation").first()


def commitment_of(application: SpaceApplication) -> Commitment | None:
    """What the landlord was asked for on its account, and what became of it."""
    if application.need_id is None:
        return None
    asked = Commitment.objects.filter(
        component__need=application.need_id, offer=application.space.offer_id
    )
    return asked.order_by("-pk").first()


def looks_of(application: SpaceApplication) -> list[Look]:
    """Every look at the contact, from the ledger."""
    return looks_at(application, "space_application.contact_read")
