"""Which pages are asked for, and how often each in the mix. Needs Django ready."""

from __future__ import annotations

from dataclasses import dataclass

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.models import Offer
from binglian.domain.matters.models import Assignment, Matter

from .urls import EMPTY


@dataclass(frozen=True, slots=True)
class Page:
    """One address.

    Attributes
    ----------
    is_hot
        A list, a filter or a search: held to the goals of p50 and p99.
    as_whom
        ``public``, or ``desk`` for somebody of the alliance's secretariat.
    share
        How often it is asked for in the mix, relative to the others.
    """

    name: str
    path: str
    as_whom: str = "public"
    is_hot: bool = False
    share: float = 1.0


def pages() -> list[Page]:
    """Every page measured, in the largest alliance; the empty ones first, as yardsticks."""
    alliance = Alliance.objects.order_by("pk")[0]
    public, desk = f"/p/{alliance.slug}", f"/a/{alliance.slug}"
    shown = alliance.matters.filter(visibility=Matter.Visibility.PUBLIC, replied_at__isnull=False)
    matter = shown.latest("pk")
    offer = Offer.objects.filter(alliance=alliance).latest("pk")
    # In the middle of the list, where counting rows off would be dear.
    middle = shown.order_by("pk")[shown.count() // 2].pk
    category, area, body = matter.category_id, matter.area_id, _busiest(alliance).pk
    open311 = f"/open311/v2/requests.json?jurisdiction_id={alliance.slug}&page_size=50"
    return [
        Page("empty page", EMPTY),
        Page("empty page, signed in", EMPTY, "desk"),
        Page("home of the city", "/p/"),
        Page("home of an alliance", f"{public}/", share=4),
        Page("public list", f"{public}/matters/", is_hot=True, share=4),
        Page("public list, further on", f"{public}/matters/?after={middle}", is_hot=True),
        Page("public list, by kind", f"{public}/matters/?category={category}", is_hot=True),
        Page("public list, by street", f"{public}/matters/?area={area}&state=open", is_hot=True),
        Page("public search", f"{public}/matters/?q=路灯", is_hot=True, share=2),
        Page("public search, rare", f"{public}/matters/?q={matter.number}", is_hot=True),
        Page("public matter", f"{public}/matters/{matter.pk}/", share=4),
        Page("public map", f"{public}/matters/map/", share=2),
        Page("public needs", f"{public}/needs/", is_hot=True),
        Page("public promises", f"{public}/commitments/", is_hot=True),
        Page("Open311 list", open311, share=2),
        Page("Open311 one", f"/open311/v2/requests/{matter.number}.json?jurisdiction_id={alliance.slug}"),
        Page("home of the desk", "/", "desk", share=2),
        Page("desk list", f"{desk}/matters/list/", "desk", is_hot=True, share=3),
        Page("desk list, further on", f"{desk}/matters/list/?after={middle}", "desk", is_hot=True),
        Page("desk list, open", f"{desk}/matters/list/?state=open", "desk", is_hot=True),
        Page("desk list, overdue", f"{desk}/matters/list/?overdue=on", "desk", is_hot=True),
        Page("desk list, by kind and street", f"{desk}/matters/list/?category={category}&area={area}", "desk", is_hot=True),
        Page("desk list, by office", f"{desk}/matters/list/?organisation={body}", "desk", is_hot=True),
        Page("desk search", f"{desk}/matters/list/?q=路灯", "desk", is_hot=True),
        Page("desk search, nothing found", f"{desk}/matters/list/?q=查无此事", "desk", is_hot=True),
        Page("desk matter", f"{desk}/matters/{matter.pk}/", "desk", share=3),
        Page("desk queue", f"{desk}/matters/", "desk", share=2),
        Page("desk map", f"{desk}/matters/map/", "desk"),
        Page("rates", f"{desk}/matters/rates/", "desk"),
        Page("offers", f"{desk}/offers/", "desk", is_hot=True, share=2),
        Page("offers, search", f"{desk}/offers/?q={offer.title[:3]}", "desk", is_hot=True),
        Page("needs", f"{desk}/needs/", "desk", is_hot=True),
        Page("promises", f"{desk}/commitments/", "desk", is_hot=True),
        Page("members", f"{desk}/members/", "desk", is_hot=True),
        Page("ledger", f"{desk}/ledger/", "desk", is_hot=True),
        Page("inbox", "/inbox/", "desk", is_hot=True),
    ]  # fmt: skip


def _busiest(alliance: Alliance) -> Organisation:
    """Who has many matters: the leader of the newest one."""
    return Assignment.objects.filter(matter__alliance=alliance).latest("pk").organisation
