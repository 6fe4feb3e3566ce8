"""A city of thirty alliances with as many documents as one likes, written past the actions.

Texts are drawn from a fixed stock of sentences about streets, shops and trades whose names are made
of some hundred characters: frequent words are in a fifth of them, a street in some hundred, a shop
in a handful. Matters have readers of their own; six tenths of the documents are theirs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import Model
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Membership, Organisation, today
from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Need, Offer
from binglian.domain.matters.models import Assignment, Matter

ALLIANCES, MEMBERS = 30, 40
_BATCH = 2000
#: Of a hundred objects.
_MATTERS, _OFFERS = 70, 15
#: Public ones among matters; each of them is two documents.
_PUBLIC = 0.3

_NAMES = (
    "海青山中安平四方江苏泰北河湖崂沧黄岛即墨胶莱福禄寿喜吉祥和顺兴隆盛昌永久长春夏秋冬"
    "东西南北上下前后左右红白蓝紫金银铜玉石松竹梅兰菊桃李杏柳杨桐桂荷云雨雪风霜星月日光"
    "文武德智仁义礼信忠孝廉勤俭朴诚正直明清华荣富贵康宁乐丰登里院街巷坊门桥井泉池塔楼阁亭"
)
_FREQUENT = ("管网", "改造", "停车", "老旧", "居民", "道路", "路灯", "消防", "垃圾", "排水")
_TRADES = ("书店", "咖啡馆", "修鞋铺", "裁缝铺", "面馆", "花店", "工作室", "民宿", "药房", "茶馆")
_THINGS = ("会议室", "无人机", "脚手架", "志愿者", "投影仪", "临时泊位", "仓库", "测绘队", "展板")
_SENTENCES = (
    "{street}{n}号院门口{word}损坏，影响出行，希望尽快安排{other}。",
    "{street}与{cross}交叉口夜间{word}不足，{shop}{trade}门前尤其明显。",
    "{shop}{trade}旁边的{word}问题反映多次，{other}施工后没有恢复路面。",
    "建议把{street}的{word}列入下一轮{other}计划，并提前告知沿街商户。",
    "{street}片区{word}与{other}同步实施，需要{thing}和现场协调。",
)


def found_city(n: int, *, seed: int = 9) -> None:
    """Thirty alliances, their members and seats, and objects for about ``n`` documents."""
    chance = random.Random(seed)
    alliances = [_found(number, chance) for number in range(ALLIANCES)]
    User.objects.create(username="auditor", platform_role=Role.AUDITOR.value)
    objects = round(n / (1 + _PUBLIC * _MATTERS / 100))
    words = Words(chance)
    _store(Matter, (_matter(k, alliances, words, chance) for k in range(objects * _MATTERS // 100)))
    _store(Offer, (_offer(k, alliances, words, chance) for k in range(objects * _OFFERS // 100)))
    rest = objects * (100 - _MATTERS - _OFFERS) // 100
    _store(Need, (_need(k, alliances, words, chance) for k in range(rest)))
    handed = Matter.objects.filter(lead__isnull=False).values_list("pk", "lead_id")
    _store(Assignment, (_part(*row) for row in handed.iterator()))


def _found(number: int, chance: random.Random) -> tuple[Alliance, list[Organisation]]:
    bodies = [
        Organisation.objects.create(name=f"第{number}片区{_name(chance)}{k}公司")
        for k in range(MEMBERS)
    ]
    alliance = Alliance.objects.create(
        slug=f"area-{number}",
        name=f"第{number}片区联盟",
        lead_a=bodies[0],
        lead_b=bodies[1],
        published=[one.value for one in Published] if number % 2 else [],
    )
    Membership.objects.bulk_create(
        Membership(
            alliance=alliance,
            organisation=body,
            category="functional",
            state=Membership.State.ADMITTED,
            from_on=today(),
        )
        for body in bodies
    )
    for name, role, body in (
        ("secretariat", Role.SECRETARIAT, None),
        ("liaison", Role.LIAISON, bodies[2]),
        ("viewer", Role.VIEWER, None),
    ):
        user = User.objects.create(username=f"{name}-{number}", email=f"{name}{number}@example.org")
        Appointment.objects.create(
            alliance=alliance, user=user, role=role.value, organisation=body, from_on=today()
        )
    return alliance, bodies


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_NAMES, k=2))


class Words:
    """The stock from which titles and texts are drawn."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.streets = [f"{_name(chance)}路" for _ in range(3000)]
        self.shops = [f"{_name(chance)}{chance.choice(_NAMES)}" for _ in range(100_000)]

    def sentence(self) -> str:
        chance = self.chance
        return chance.choice(_SENTENCES).format(
            street=chance.choice(self.streets),
            cross=chance.choice(self.streets),
            shop=chance.choice(self.shops),
            trade=chance.choice(_TRADES),
            thing=chance.choice(_THINGS),
            word=chance.choice(_FREQUENT),
            other=chance.choice(_FREQUENT),
            n=chance.randrange(1, 400),
        )

    def text(self) -> str:
        return "".join(self.sentence() for _ in range(self.chance.choice((1, 2, 2, 3))))

    def title(self) -> str:
        chance = self.chance
        return f"{chance.choice(self.streets)}{chance.choice(_FREQUENT)}{chance.choice(_THINGS)}"


def _matter(k: int, alliances: list[Any], words: Words, chance: random.Random) -> Matter:
    alliance, bodies = alliances[k % ALLIANCES]
    text, is_public = words.text(), chance.random() < _PUBLIC
    return Matter(
        alliance=alliance,
        number=f"SX-{2026 + k % 3}-{k:07d}",
        source=Matter.Source.WEB,
        text=text,
        public_text=text if is_public else "",
        visibility=Matter.Visibility.PUBLIC if is_public else Matter.Visibility.PRIVATE,
        address=f"{chance.choice(words.streets)}{k % 300 + 1}号",
        state=Matter.State.DISPATCHED,
        lead=bodies[k // ALLIANCES % MEMBERS],
        token_digest=f"{k:064x}",
        reported_at=now() - timedelta(minutes=3_000_000 - k),
        search_text="",
    )


def _part(matter: int, organisation: int) -> Assignment:
    return Assignment(
        matter_id=matter,
        organisation_id=organisation,
        part=Assignment.Part.LEAD,
        state=Assignment.State.SENT,
        sent_at=now(),
    )


def _row(k: int, alliances: list[Any], words: Words) -> dict[str, Any]:
    alliance, bodies = alliances[k % ALLIANCES]
    return {
        "alliance": alliance,
        "organisation": bodies[k // ALLIANCES % MEMBERS],
        "title": words.title(),
        "number": f"{k:07d}",
        "note": words.sentence(),
        "search_text": "",
    }


def _offer(k: int, alliances: list[Any], words: Words, _chance: random.Random) -> Offer:
    return Offer(kind="venue", quantity=1, **_row(k, alliances, words))


def _need(k: int, alliances: list[Any], words: Words, _chance: random.Random) -> Need:
    return Need(**_row(k, alliances, words))


def _store(model: type[Model], rows: Iterator[Model]) -> None:
    while batch := list(islice(rows, _BATCH)):
        model._default_manager.bulk_create(batch)
