"""Two hundred questions as people ask them, and who asks."""

from __future__ import annotations

import random
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Offer
from binglian.domain.matters.models import Matter
from binglian.domain.search.readers import Reader, at_desk, everybody

from .city import _FREQUENT, _THINGS, ALLIANCES

QUESTIONS = 200
#: Digits at the end of a number that somebody remembers.
_REMEMBERED = 5


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
            at = chance.randrange(len(text) - length)
            if text[at : at + length].isalnum():
                return text[at : at + length]

    sorts = {
        "one character": lambda: fragment(1),
        "a frequent word": lambda: chance.choice(_FREQUENT),
        "two frequent words": lambda: " ".join(chance.sample(_FREQUENT, 2)),
        "a fragment of two": lambda: fragment(2),
        "a fragment of three": lambda: fragment(3),
        "a fragment of four": lambda: fragment(4),
        "a fragment of six": lambda: fragment(6),
        "a thing and a street": lambda: f"{chance.choice(_THINGS)} {chance.choice(titles)[:3]}",
        "initials of a title": lambda: _initials(chance.choice(titles)[:4]),
        "pinyin of a street": lambda: "".join(lazy_pinyin(chance.choice(titles)[:2])),
        "a part of a number": lambda: chance.choice(numbers)[-_REMEMBERED:],
        "what is nowhere": lambda: "".join(chance.choices("龘靐齉爨麤", k=2)),
    }
    readers = ("public", "public of one", "secretariat", "liaison", "viewer", "auditor")
    made = []
    for turn in range(QUESTIONS):
        sort = list(sorts)[turn % len(sorts)]
        made.append(Question(sorts[sort](), sort, readers[turn // len(sorts) % len(readers)]))
    return made


def reader_named(name: str, turn: int) -> Reader:
    """The reader, made anew as for each request; of one of the alliances in turn."""
    number = (2 * turn + 1) % ALLIANCES
    if name == "public":
        return everybody()
    if name == "public of one":
        return everybody(Alliance.objects.get(slug=f"area-{number}"))
    person = name if name == "auditor" else f"{name}-{number}"
    return at_desk(User.objects.get(username=person))


def _initials(words: str) -> str:
    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))
