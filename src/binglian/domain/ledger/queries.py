"""Reading the record, and proving single rows of it."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.db import connection, models
from django.db.models import Max, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from binglian.domain.refusals import found_or_refused, refuse_unless

from . import merkle
from .models import Chain, Checkpoint, LedgerEntry, Verification
from .proofs import Proven
from .statements import Statement


def ends_of_chains() -> str:
    """Another text after every act anywhere: there is none without its row. Asked very often."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, last_hash FROM ledger_chain ORDER BY name")
        ends = "".join(f"{name} {end};" for name, end in cursor.fetchall())
    return sha256(ends.encode()).hexdigest()


def entries_of(chain: str) -> QuerySet[LedgerEntry]:
    """The acts of one chain, newest first."""
    return LedgerEntry.objects.filter(chain=chain).order_by("-number")


def records_of(obj: models.Model) -> QuerySet[LedgerEntry]:
    """What was ever done with one object, oldest first."""
    mine = {"object_type": obj._meta.label_lower, "object_id": str(obj.pk)}
    return LedgerEntry.objects.filter(**mine).order_by("chain", "number")


def chain_names() -> list[str]:
    """Every chain that has, or should have, entries."""
    named = set(Chain.objects.values_list("name", flat=True))
    named |= set(LedgerEntry.objects.order_by().values_list("chain", flat=True).distinct())
    return sorted(named | set(Checkpoint.objects.values_list("chain", flat=True).distinct()))


def last_records(objects: Sequence[models.Model]) -> dict[Any, LedgerEntry]:
    """The newest row about each of these objects of one kind, by their pk; one query."""
    if not objects:
        return {}
    mine = {str(one.pk): one.pk for one in objects}
    kind = objects[0]._meta.label_lower
    rows = LedgerEntry.objects.filter(object_type=kind, object_id__in=mine).order_by("id")
    return {mine[row.object_id]: row for row in rows}


def known_chains() -> list[str]:
    """The chains by their own notes; ``chain_names`` also asks every row."""
    return sorted(Chain.objects.values_list("name", flat=True))


def chain_length(chain: str) -> int:
    """How many rows a chain has by its own note; counting them would take long."""
    noted = Chain.objects.filter(name=chain).first()
    return noted.last_number if noted else 0


def stored_statements(chain: str | None = None) -> list[Statement]:
    """The checkpoints kept in the database, of one chain or of all, as signed statements."""
    kept = Checkpoint.objects.all() if chain is None else Checkpoint.objects.filter(chain=chain)
    return [checkpoint.statement for checkpoint in kept]


def last_checkpoint(chain: str) -> Checkpoint | None:
    return Checkpoint.objects.filter(chain=chain).last()


def last_verification(chain: str) -> Verification | None:
    return Verification.objects.filter(chain=chain).first()


def last_verifications() -> list[Verification]:
    """The last walk of each chain; two queries."""
    newest = Verification.objects.order_by().values("chain").annotate(newest=Max("pk"))
    return list(Verification.objects.filter(pk__in=[row["newest"] for row in newest]))


def chains_to_verify() -> list[str]:
    """The chains that the platform itself has not walked today."""
    midnight = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = Verification.objects.filter(by=None, at__gte=midnight)
    walked = set(today.values_list("chain", flat=True))
    noted = set(known_chains())
    # Asked of the rows themselves only once a day: a chain whose note was deleted shows here.
    return [name for name in chain_names() if name not in walked] if noted - walked else []


def sealing(entry: LedgerEntry) -> Checkpoint | None:
    """The first checkpoint whose tree holds this row; ``None`` until one is signed."""
    trees = Checkpoint.objects.filter(chain=entry.chain).exclude(root="")
    return trees.filter(first__lte=entry.number, number__gte=entry.number).first()


def prove(entries: Iterable[LedgerEntry]) -> list[Proven]:
    """Each row with its way to a signed checkpoint.

    Raises ``ActionRefused`` when a row is not sealed yet, or no longer what was sealed.
    """
    return [_proven(entry) for entry in entries]


def _proven(entry: LedgerEntry) -> Proven:
    unsealed = _("第 %(number)s 行还没有检查点。") % {"number": entry.number}
    statement = found_or_refused(sealing(entry), unsealed).statement
    span = (statement.first, statement.number)
    rows = LedgerEntry.objects.filter(chain=entry.chain, number__range=span).order_by("number")
    leaves = [bytes.fromhex(leaf) for leaf in rows.values_list("hash", flat=True)]
    is_whole = len(leaves) == statement.number - statement.first + 1
    is_whole = is_whole and merkle.Tree(leaves).root().hex() == statement.root
    refuse_unless(
        is_whole and entry.digest() == entry.hash and statement.is_genuine(),
        _("台账与检查点不符，无法出具凭证。请立即核验台账。"),
    )
    path = merkle.path_of(leaves, entry.number - statement.first)
    return Proven(entry.content(), entry.hash, [step.hex() for step in path], statement)
