"""What was worked out once and cannot have changed: kept in this process.

There is no act without its row in the ledger, so what is counted from the records stays as it is
until a chain has gained one, the day has ended or, where deadlines count, the hour. What was known
at a past instant does not change at all.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import TypeVar, cast

from django.db.models import Subquery, Sum, Value
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.models import Chain, LedgerEntry
from binglian.domain.ledger.queries import ends_of_chains

Kept = TypeVar("Kept")


class _Answers:
    """The latest answers, so many of them; the one asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.answers: OrderedDict[tuple[object, ...], object] = OrderedDict()
        self.keeping = Lock()

    def of(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        with self.keeping:
            if key in self.answers:
                self.answers.move_to_end(key)
                return cast("Kept", self.answers[key])
        made = make()
        with self.keeping:
            self.answers[key] = made
            while len(self.answers) > self.most:
                self.answers.popitem(last=False)
        return made

    def clear(self) -> None:
        with self.keeping:
            self.answers.clear()


#: Each holds figures and sentences, never the records behind them.
_figures = _Answers(256)
#: A number or two for each person.
_personal = _Answers(4096)


def kept(
    alliance: Alliance, *what: object, make: Callable[[], Kept], as_of: datetime | None = None
) -> Kept:
    """What ``make`` gives, in the reader's language, made anew only when it can be another.

    Parameters
    ----------
    what
        Tells apart what is asked of one alliance: hashable, with everything ``make`` depends on.
    as_of
        The instant at which the records are read; now, if not given.
    """
    state, latest = _state()
    is_past = as_of is not None and (
        localdate(as_of) < localdate() or (latest is not None and as_of < latest)
    )
    shown = tuple(sorted(alliance.published))  # what of an answer everybody may read
    key = (alliance.pk, shown, get_language(), *what, as_of if is_past else state)
    return _figures.of(key, make)


def kept_for(
    user: User | None, *what: object, make: Callable[[], Kept], acts: int | None = None
) -> Kept:
    """Numbers for one person or everybody, made anew after every act anywhere, and every minute.

    ``acts`` is :func:`acts_recorded` where the caller has just read it in a statement of its own.
    """
    state = ends_of_chains() if acts is None else acts
    return _personal.of((user and user.pk, *what, int(time.time() // 60), state), make)


def acts_recorded() -> Subquery:
    """How many acts all chains hold, to be read within another statement."""
    chains = Chain.objects.annotate(_all=Value(1)).values("_all")
    return Subquery(chains.annotate(n=Sum("last_number")).values("n"))


def forget() -> None:
    """For tests, where one database follows another."""
    _figures.clear()
    _personal.clear()


def _state() -> tuple[str, datetime | None]:
    """Another text after every act anywhere, since an organisation belongs to several chains.

    Beside it the time of the latest act: what was known before it is past.
    """
    latest = LedgerEntry.objects.order_by("-pk").values("at")[:1]
    chains = Chain.objects.order_by("name").annotate(latest=Subquery(latest))
    ends = list(chains.values_list("name", "last_hash", "latest"))
    text = "".join(f"{name} {end};" for name, end, _at in ends)
    return f"{localtime():%Y-%m-%dT%H} {text}", ends[0][2] if ends else None
