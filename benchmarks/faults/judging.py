"""What is there after a fault, held against what the writers were told."""

from collections import Counter
from typing import Any

from django.db import connection

from binglian.domain.accounts.models import Notification
from binglian.domain.coupling.models import Commitment, CouplingRun, Offer
from binglian.domain.ledger.keys import trusted_keys
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.queries import chain_names, stored_statements
from binglian.domain.ledger.verifying import verify_chain
from binglian.domain.matters.models import Matter

_OPEN = (CouplingRun.State.QUEUED, CouplingRun.State.RUNNING)


def judge(filings: list[tuple[str, str, bool]]) -> dict[str, Any]:
    """Judge filings: what kind, under which mark, and whether somebody was told it is done.

    ``lost``: told to be done and not there. ``duplicated``: there more than once, told or not.
    ``half``: rows without their ledger entry, or entries without their row.
    """
    there, written = _there(), _written()
    lost, duplicated, half = [], [], []
    for kind, mark, is_acknowledged in filings:
        rows, entries = there[kind, mark], written[kind, mark]
        if is_acknowledged and rows == 0:
            lost.append(f"{kind} {mark}")
        if rows > 1:
            duplicated.append(f"{kind} {mark} ×{rows}")
        if rows != entries:
            half.append(f"{kind} {mark}: {rows} rows, {entries} in the ledger")
    return {
        "lost": lost,
        "duplicated": duplicated,
        "half": half,
        "ledger": _faults_of_the_ledger(),
        "database": _faults_of_the_file(),
    }


def jobs() -> dict[str, Any]:
    """How the runs stand that were asked for; an open one may still be worked at."""
    runs = CouplingRun.objects.exclude(state=CouplingRun.State.PUBLISHED)
    states = Counter(str(state) for state in runs.values_list("state", flat=True))
    told = Notification.objects.filter(key__endswith=":failed").count()
    failed = states[str(CouplingRun.State.FAILED)]
    return {
        "open": runs.filter(state__in=_OPEN).count(),
        "states": dict(states),
        "resumed": LedgerEntry.objects.filter(act="run.revived").count(),
        "failed_unsaid": max(0, failed - told),
    }


def _there() -> Counter[tuple[str, str]]:
    rows: Counter[tuple[str, str]] = Counter()
    for title in Offer.objects.exclude(number__startswith="P-").values_list("title", flat=True):
        rows["offer", title] += 1
    for text in Matter.objects.values_list("text", flat=True):
        rows["matter", text] += 1
    taken = Commitment.objects.filter(state=Commitment.State.ACCEPTED)
    for pk in taken.values_list("pk", flat=True):
        rows["accept", str(pk)] += 1
    return rows


def _written() -> Counter[tuple[str, str]]:
    """The same by the ledger alone, but for the words of a matter, which it does not hold."""
    entries: Counter[tuple[str, str]] = Counter()
    texts = {str(pk): text for pk, text in Matter.objects.values_list("pk", "text")}
    titles = {str(pk): title for pk, title in Offer.objects.values_list("pk", "title")}
    kinds = {"offer.entered": "offer", "matter.reported": "matter", "commitment.accepted": "accept"}
    found = LedgerEntry.objects.filter(act__in=kinds)
    for act, pk in found.values_list("act", "object_id"):
        kind = kinds[act]
        mark = {"offer": titles, "matter": texts}.get(kind, {pk: pk}).get(pk, f"gone: {pk}")
        entries[kind, mark] += 1
    return entries


def _faults_of_the_ledger() -> list[str]:
    verdicts = [
        verify_chain(chain, stored_statements(chain), trusted_keys()) for chain in chain_names()
    ]
    return [str(verdict) for verdict in verdicts if verdict.fault]


def _faults_of_the_file() -> list[str]:
    """SQLite's own judgement; PostgreSQL gives its own when it starts again."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        said = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        return [line for line in said if line != "ok"] + [str(row) for row in cursor.fetchall()]
