"""Which pages are asked for, and how often each in the mix. Needs Django ready."""

from __future__ import annotations

from dataclasses import dataclass

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Offer
from binglian.domain.matters.models import Assignment, Matter

from .urls import EMPTY


@dataclass(frozen=True, slots=True)
class Page:
    """One address.

    Attributes
    ----------
    as_whom
        ``public``, or ``desk`` for somebody of the alliance's secretariat.
    is_hot
        A list, a filter or a search: held to the goals of p50 and p99.
    share
        How often it is asked for in the mix, relative to the others.
    """

    name: str
    path: str
    as_whom: str = "public"
    is_hot: bool = False
    share: int = 1


def pages() -> list[Page]:
    """Every page measured, in the largest alliance; the empty ones first, as yardsticks."""
    alliance = Alliance.objects.order_by("pk")[0]
    shown = alliance.matters.filter(visibility=Matter.Visibility.PUBLIC, replied_at__isnull=False)
    matter = shown.latest("pk")
    # In the middle of the list, where counting rows off would be dear.
    middle = shown.order_by("pk")[shown.count() // 2].pk
    return [
        Page("empty page", EMPTY, share=4),
        Page("empty page, signed in", EMPTY, "desk", share=4),
        *_public(alliance, matter, middle),
        *_desk(alliance, matter, middle),
    ]


def _public(alliance: Alliance, matter: Matter, middle: int) -> list[Page]:
    here = f"/p/{alliance.slug}"
    listed, kind, street = f"{here}/matters/", matter.category_id, matter.area_id
    open311 = "/open311/v2/requests"
    which = f"jurisdiction_id={alliance.slug}"
    return [
        Page("home of the city", "/p/"),
        Page("home of an alliance", f"{here}/", share=4),
        Page("public list", listed, is_hot=True, share=4),
        Page("public list, further on", f"{listed}?after={middle}", is_hot=True),
        Page("public list, by kind", f"{listed}?category={kind}", is_hot=True),
        Page("public list, by street", f"{listed}?area={street}&state=open", is_hot=True),
        Page("public search", f"{listed}?q=路灯", is_hot=True, share=2),
        Page("public search, rare", f"{listed}?q={matter.number}", is_hot=True),
        Page("public matter", f"{listed}{matter.pk}/", share=4),
        Page("public map", f"{listed}map/", share=2),
        Page("public needs", f"{here}/needs/", is_hot=True),
        Page("public promises", f"{here}/commitments/", is_hot=True),
        Page("Open311 list", f"{open311}.json?{which}&page_size=50", share=2),
        Page("Open311 one", f"{open311}/{matter.number}.json?{which}"),
    ]


def _desk(alliance: Alliance, matter: Matter, middle: int) -> list[Page]:
    here = f"/a/{alliance.slug}"
    kind, street = f"category={matter.category_id}", f"area={matter.area_id}"
    office = Assignment.objects.filter(matter__alliance=alliance).latest("pk").organisation_id
    offer = Offer.objects.filter(alliance=alliance).latest("pk")
    narrowed = {
        "": "",
        ", further on": f"?after={middle}",
        ", open": "?state=open",
        ", overdue": "?overdue=on",
        ", by kind and street": f"?{kind}&{street}",
        ", by office": f"?organisation={office}",
        ", search": "?q=路灯",
        ", search without a hit": "?q=查无此事",
    }
    lists = [
        Page(f"desk list{name}", f"{here}/matters/list/{asked}", "desk", is_hot=True)
        for name, asked in narrowed.items()
    ]
    return [
        Page("home of the desk", "/", "desk", share=2),
        *lists,
        Page("desk matter", f"{here}/matters/{matter.pk}/", "desk", share=3),
        Page("desk queue", f"{here}/matters/", "desk", share=2),
        Page("desk map", f"{here}/matters/map/", "desk"),
        Page("rates", f"{here}/matters/rates/", "desk"),
        Page("offers", f"{here}/offers/", "desk", is_hot=True, share=2),
        Page("offers, search", f"{here}/offers/?q={offer.title[:3]}", "desk", is_hot=True),
        Page("needs", f"{here}/needs/", "desk", is_hot=True),
        Page("promises", f"{here}/commitments/", "desk", is_hot=True),
        Page("members", f"{here}/members/", "desk", is_hot=True),
        Page("ledger", f"{here}/ledger/", "desk", is_hot=True),
        Page("inbox", "/inbox/", "desk", is_hot=True),
    ]
