"""Reading and checking the record."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .chain import FIRST_HASH
from .checkpoints import Statement
from .models import Chain, Checkpoint, LedgerEntry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What walking one chain found; ``broken_at`` is the number of the first bad row."""

    chain: str
    entries: int
    broken_at: int | None
    reason: str

    @property
    def is_sound(self) -> bool:
        return self.broken_at is None


def entries_of(chain: str) -> QuerySet[LedgerEntry]:
    """The acts of one chain, newest first."""
    return LedgerEntry.objects.filter(chain=chain).order_by("-number")


def chain_names() -> list[str]:
    """Every chain that has, or should have, entries."""
    named = set(Chain.objects.values_list("name", flat=True))
    named |= set(LedgerEntry.objects.order_by().values_list("chain", flat=True).distinct())
    return sorted(named | set(Checkpoint.objects.values_list("chain", flat=True).distinct()))


def stored_statements() -> list[Statement]:
    """The checkpoints kept in the database, as signed statements."""
    return [
        Statement(c.chain, c.number, c.hash, c.at, c.public_key, c.signature)
        for c in Checkpoint.objects.all()
    ]


def verify_chain(
    chain: str, statements: Iterable[Statement] = (), trusted_key: str | None = None
) -> Verdict:
    """Walk one chain from its first row and name the first row that does not hold.

    ``statements`` are checkpoints known from outside; they catch what a chain alone cannot
    show: rows cut off its end together with the note of how long it was.
    ``trusted_key`` (hexadecimal), when given, is the only key whose signatures count.
    """
    known: dict[int, str] = {}
    for statement in statements:
        if statement.chain != chain:
            continue
        is_ours = trusted_key is None or statement.public_key == trusted_key
        if not (is_ours and statement.is_genuine()):
            return Verdict(chain, 0, statement.number, _("检查点的签名无效"))
        if known.setdefault(statement.number, statement.hash) != statement.hash:
            return Verdict(chain, 0, statement.number, _("两个检查点互相矛盾"))

    number, previous = 0, FIRST_HASH
    for entry in LedgerEntry.objects.filter(chain=chain).order_by("number").iterator(2000):
        number += 1
        if entry.number != number:
            return Verdict(
                chain, number - 1, number, _("缺少第 %(number)s 行") % {"number": number}
            )
        if entry.previous_hash != previous:
            return Verdict(chain, number - 1, number, _("与前一行接不上"))
        if entry.hash != entry.digest():
            return Verdict(chain, number - 1, number, _("内容与哈希不符"))
        if known.get(number, entry.hash) != entry.hash:
            return Verdict(chain, number - 1, number, _("与签名的检查点不符"))
        previous = entry.hash

    longest = max(known, default=0)
    if longest > number:
        return Verdict(
            chain, number, number + 1, _("签名的检查点记有 %(rows)s 行") % {"rows": longest}
        )
    end = Chain.objects.filter(name=chain).first()
    if (end is None and number) or (end and (end.last_number, end.last_hash) != (number, previous)):
        return Verdict(chain, number, number + 1, _("与记下的链尾不符"))
    return Verdict(chain, number, None, "")
