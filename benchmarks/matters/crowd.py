"""Thousands of synthetic matters over the sub-districts of a district, in seconds.

They are written past the platform's actions, so they have no ledger: for measuring only.
"""

from __future__ import annotations

import random
from datetime import timedelta

import numpy as np
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.matters.models import (
    Assignment,
    Category,
    Clock,
    Matter,
    Reply,
    Responsibility,
    Revisit,
)
from binglian.domain.places.actions import add_area, draw_areas
from binglian.domain.places.imports import plan_outlines
from binglian.domain.places.models import Area
from binglian.domain.places.queries import areas_at
from binglian.geography.sketch import sketch

#: Longitude and latitude of the box the places are drawn from, around Shibei.
_BOX = ((120.30, 36.06), (120.43, 36.16))
_KINDS = (
    ("drains", "排水", "Drains", "下水道堵了，积水没过脚面"),
    ("lamps", "路灯", "Street lamps", "路灯不亮，晚上看不清台阶"),
    ("noise", "噪声", "Noise", "施工到深夜，睡不着觉"),
    ("rubbish", "垃圾清运", "Rubbish", "垃圾桶满了两天没有清"),
    ("walls", "墙体维修", "Walls", "院墙开裂，砖块松动"),
    ("parking", "停车", "Parking", "消防通道停满了车"),
    ("heating", "供暖", "Heating", "暖气不热，屋里只有十四度"),
    ("shops", "占道经营", "Street trade", "摊位占了人行道"),
)
_STATES = {
    Matter.State.RECEIVED: 6,
    Matter.State.DISPATCHED: 6,
    Matter.State.HANDLING: 14,
    Matter.State.REPLIED: 10,
    Matter.State.CLOSED: 55,
    Matter.State.PARKED: 4,
    Matter.State.DIVERTED: 4,
    Matter.State.REJECTED: 1,
}
_SENT = set(_STATES) - {
    Matter.State.RECEIVED,
    Matter.State.DIVERTED,
    Matter.State.REJECTED,
}
_ANSWERED = {Matter.State.REPLIED, Matter.State.CLOSED}
_BATCH = 1000


def crowd(alliance: Alliance, *, by: User, n: int = 10_000, seed: int = 6) -> list[Matter]:
    """``n`` matters of the last year, answered, judged and late as real ones are.

    The alliance comes to lie in a sketched district, and has eight categories. ``by`` is a
    platform administrator and stands for whoever answered.
    """
    chance = random.Random(seed)
    _lay_out(alliance, by)
    bodies = list(Organisation.objects.filter(memberships__alliance=alliance).order_by("pk"))
    categories = _categories(alliance, bodies)
    places, areas = _places(n, seed)
    states = chance.choices(list(_STATES), list(_STATES.values()), k=n)
    matters = [
        _matter(alliance, number, state, place, area, categories, bodies, chance)
        for number, (state, place, area) in enumerate(zip(states, places, areas, strict=True), 1)
    ]
    Matter.objects.bulk_create(matters, batch_size=_BATCH)
    _hand_out(matters)
    _answer(matters, by, chance)
    return matters


def _lay_out(alliance: Alliance, by: User) -> None:
    district = add_area(by=by, name="市北区", kind=Area.Kind.DISTRICT, code="370203")
    plan = plan_outlines(sketch("370203"), home=district, is_approximate=True)
    draw_areas(plan=plan, by=by)
    alliance.area = district
    alliance.save(update_fields=["area"])


def _places(n: int, seed: int) -> tuple[list[tuple[float, float]], list[Area]]:
    """Places all over the district, and the sub-district of each."""
    drawn = np.random.default_rng(seed).uniform(*_BOX, (4 * n, 2)).round(6)
    points = [(longitude, latitude) for longitude, latitude in drawn.tolist()]
    pairs = zip(points, areas_at(points), strict=True)
    inside = [(point, area) for point, area in pairs if area is not None][:n]
    return [point for point, _area in inside], [area for _point, area in inside]


def _categories(alliance: Alliance, bodies: list[Organisation]) -> list[Category]:
    made = []
    for position, (code, name_zh, name_en, _text) in enumerate(_KINDS):
        category = Category.objects.create(
            alliance=alliance, code=code, name_zh=name_zh, name_en=name_en
        )
        Responsibility.objects.create(
            category=category, organisation=bodies[position % len(bodies)], period=5
        )
        made.append(category)
    return made


def _matter(
    alliance: Alliance,
    number: int,
    state: str,
    place: tuple[float, float],
    area: Area,
    categories: list[Category],
    bodies: list[Organisation],
    chance: random.Random,
) -> Matter:
    kind = chance.randrange(len(categories))
    text = f"{_KINDS[kind][3]}（第 {number} 件）"
    is_open = state not in _ANSWERED
    reported = now() - timedelta(days=chance.uniform(0, 20 if is_open else 360))
    sent = reported + timedelta(hours=chance.uniform(0.5, 30)) if state in _SENT else None
    due = sent + timedelta(days=7) if sent else None
    replied = sent + timedelta(days=chance.uniform(0.5, 9)) if sent and not is_open else None
    is_public = chance.random() < 0.7
    has_place = chance.random() < 0.95
    return Matter(
        alliance=alliance,
        number=f"S{number:07d}",
        source=chance.choice(list(Matter.Source)),
        text=text,
        public_text=text if is_public else "",
        visibility=Matter.Visibility.PUBLIC if is_public else Matter.Visibility.PRIVATE,
        category=categories[kind],
        address=f"示例路 {number % 300 + 1} 号",
        longitude=place[0] if has_place else None,
        latitude=place[1] if has_place else None,
        area=area if has_place else None,
        state=state,
        diversion=Matter.Diversion.BEYOND if state == Matter.State.DIVERTED else "",
        lead=bodies[kind % len(bodies)] if sent else None,
        token_digest=f"{number:064x}",
        reported_at=reported,
        dispatched_at=sent,
        counted_from=sent,
        period=5 if sent else None,
        clock=Clock.WORKING_DAYS if sent else "",
        contact_due_at=sent + timedelta(days=1) if sent else None,
        contacted_at=sent + timedelta(hours=chance.uniform(1, 40)) if replied else None,
        due_at=due,
        replied_at=replied,
        closed_at=replied + timedelta(days=3) if state == Matter.State.CLOSED else None,
        search_text=text,
    )


def _hand_out(matters: list[Matter]) -> None:
    Assignment.objects.bulk_create(
        [
            Assignment(
                matter=matter,
                organisation=matter.lead,
                part=Assignment.Part.LEAD,
                state=Assignment.State.DONE if matter.replied_at else Assignment.State.ACCEPTED,
                sent_at=matter.dispatched_at,
                accepted_at=matter.dispatched_at,
            )
            for matter in matters
            if matter.lead
        ],
        batch_size=_BATCH,
    )


def _answer(matters: list[Matter], by: User, chance: random.Random) -> None:
    answered = [matter for matter in matters if matter.replied_at]
    replies = [
        Reply(
            matter=matter,
            organisation=matter.lead,
            outcome=chance.choices(["solved", "explained"], [85, 15])[0],
            public_text="已经到现场处理，请您查看。",
            by=by,
            at=matter.replied_at,
        )
        for matter in answered
    ]
    Reply.objects.bulk_create(replies, batch_size=_BATCH)
    Revisit.objects.bulk_create(
        [
            Revisit(
                reply=reply,
                channel="phone",
                solved=chance.choices(["yes", "explained", "no"], [80, 12, 8])[0],
                content=chance.choices(["yes", "basically", "no"], [70, 20, 10])[0],
                at=reply.at + timedelta(days=2),
            )
            for reply in replies
            if reply.matter.state == Matter.State.CLOSED
        ],
        batch_size=_BATCH,
    )
