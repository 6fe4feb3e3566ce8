"""Two hundred questions as people ask them, made of what stands in the city, and who asks."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment
from binglian.domain.coupling.models import Offer
from binglian.domain.matters.models import Matter
from binglian.domain.search.readers import Reader, at_desk, everybody

QUESTIONS = 200
#: Digits at the end of a number that somebody remembers.
_REMEMBERED = 5
#: Pairs of characters that stand in the most texts.
_FREQUENT = 30


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of which sort it is, and as whom."""

    words: str
    sort: str
    reader: str


def questions(*, seed: int = 4) -> list[Question]:
    """The sorts in turn, each asked by the readers in turn."""
    chance = random.Random(seed)
    texts = list(Matter.objects.order_by("pk").values_list("text", flat=True)[:5000])
    titles = list(Offer.objects.order_by("pk").values_list("title", flat=True)[:5000])
    numbers = list(Matter.objects.order_by("-pk").values_list("number", flat=True)[:5000])

    def fragment(length: int) -> str:
        while True:
            text = chance.choice(texts)
            at = chance.randrange(max(1, len(text) - length))
            if _is_chinese(text[at : at + length]):
                return text[at : at + length]

    frequent = _frequent_in(texts)
    sorts = {
        "one character": lambda: fragment(1),
        "a frequent word": lambda: chance.choice(frequent),
        "two frequent words": lambda: " ".join(chance.sample(frequent, 2)),
        "a fragment of two": lambda: fragment(2),
        "a fragment of three": lambda: fragment(3),
        "a fragment of four": lambda: fragment(4),
        "a fragment of six": lambda: fragment(6),
        "two parts of titles": lambda: f"{chance.choice(titles)[-3:]} {chance.choice(titles)[:3]}",
        "initials of a title": lambda: _initials(chance.choice(titles)[:4]),
        "pinyin of a title": lambda: "".join(lazy_pinyin(chance.choice(titles)[:2])),
        "a part of a number": lambda: chance.choice(numbers)[-_REMEMBERED:],
        "what is nowhere": lambda: "".join(chance.choices("龘靐齉爨麤", k=2)),
    }
    readers = _readers()
    made = []
    for turn in range(QUESTIONS):
        sort = list(sorts)[turn % len(sorts)]
        made.append(Question(sorts[sort](), sort, readers[turn // len(sorts) % len(readers)]))
    return made


def _is_chinese(words: str) -> bool:
    return words.isalnum() and not any(letter.isascii() for letter in words)


def _frequent_in(texts: list[str]) -> list[str]:
    pairs = Counter(
        pair
        for text in texts
        for pair in {text[at : at + 2] for at in range(len(text) - 1)}
        if _is_chinese(pair)
    )
    return [pair for pair, _times in sorted(pairs.most_common(_FREQUENT))]


def _readers() -> list[str]:
    """The public, and whoever has a seat or a role here."""
    held = set(Appointment.objects.current().values_list("role", flat=True))
    seats = [name for name in ("secretariat", "liaison", "worker", "viewer") if name in held]
    auditors = User.objects.filter(platform_role=Role.AUDITOR.value)
    return ["public", "public of one", *seats, *(["auditor"] if auditors.exists() else [])]


def reader_named(name: str, turn: int) -> Reader:
    """The reader, made anew as for each request; of one of the alliances in turn."""
    if name == "public":
        return everybody()
    if name == "auditor":
        return at_desk(User.objects.filter(platform_role=Role.AUDITOR.value)[0])
    alliances = Alliance.objects.order_by("pk")
    alliance = alliances[(2 * turn + 1) % len(alliances)]
    if name == "public of one":
        return everybody(alliance)
    seats = Appointment.objects.current().filter(alliance=alliance, role=name).order_by("pk")
    return at_desk(seats.select_related("user")[0].user)


def _initials(words: str) -> str:
    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))
