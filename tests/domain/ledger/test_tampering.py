"""Whatever is done to the record past the platform is caught, and where it was done is told.

Each case is done to the tables as somebody with the database password would do it, and then
looked for with ``binglian ledger verify --json``, with and without a checkpoint kept elsewhere.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.db.models import F

from binglian.command.main import main
from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import record, sign_checkpoint
from binglian.domain.ledger.models import Chain, Checkpoint, LedgerEntry
from binglian.domain.ledger.verifying import wrong_end
from binglian.domain.refusals import ActionRefused

Found = dict[str, tuple[int, str]]
HERE = "historic"


def rows(chain: str = HERE) -> Any:
    return LedgerEntry.objects.filter(chain=chain)


def row(number: int, chain: str = HERE) -> Any:
    return rows(chain).filter(number=number)


def rehash(first: int, *, note: bool = True) -> None:
    """Make the chain fit together again from a row on, and its noted end."""
    before = row(first - 1).first()
    previous = before.hash if before else "0" * 64
    for entry in rows().filter(number__gte=first).order_by("number"):
        entry.previous_hash = previous
        entry.hash = previous = entry.digest()
        entry.save()
    if note:
        end = rows().order_by("number").last()
        Chain.objects.filter(name=HERE).update(last_number=end.number, last_hash=end.hash)


def rehash_alone(number: int) -> None:
    entry = row(number).get()
    row(number).update(hash=entry.digest())


def cut(first: int) -> None:
    """Delete rows from one on, and note the new end."""
    rows().filter(number__gte=first).delete()
    end = rows().order_by("number").last()
    Chain.objects.filter(name=HERE).update(last_number=end.number, last_hash=end.hash)


def forge(checkpoints: Any, key: Ed25519PrivateKey) -> None:
    for checkpoint in checkpoints:
        statement = checkpoint.statement.signed_with(key)
        Checkpoint.objects.filter(pk=checkpoint.pk).update(
            public_key=statement.public_key, signature=statement.signature
        )


def swap(one: Any, other: Any, field: str) -> None:
    """Exchange a field of two rows past the rule that a number occurs once in a chain."""
    first, second = one.get(), other.get()
    mine, theirs = getattr(first, field), getattr(second, field)
    LedgerEntry.objects.filter(pk=first.pk).update(chain="nowhere", number=10**9)
    LedgerEntry.objects.filter(pk=second.pk).update(**{field: mine})
    place = {"chain": first.chain, "number": first.number, field: theirs}
    LedgerEntry.objects.filter(pk=first.pk).update(**place)


def insert(number: int, **facts: Any) -> None:
    """A row of one's own that fits the one before it; later rows move up."""
    for entry in rows().filter(number__gte=number).order_by("-number"):
        LedgerEntry.objects.filter(pk=entry.pk).update(number=F("number") + 1)
    entry = row(number - 1).get()
    entry.pk, entry.number, entry.act, entry.previous_hash = None, number, "forged", entry.hash
    entry.hash = entry.digest()
    entry.save()


def edit_and_rehash(number: int) -> None:
    row(number).update(act="forged")
    rehash(number)


def exchange_whole_chains() -> None:
    for old, new in ((HERE, "nowhere"), ("port", HERE), ("nowhere", "port")):
        rows(old).update(chain=new)
        Chain.objects.filter(name=old).update(name=new)
        Checkpoint.objects.filter(chain=old).update(chain=new)


def forget_the_chain() -> None:
    rows().delete()
    Chain.objects.filter(name=HERE).delete()
    Checkpoint.objects.filter(chain=HERE).delete()


def resign_everything() -> None:
    """With the platform's own key stolen as well."""
    edit_and_rehash(2)
    Checkpoint.objects.filter(chain=HERE).delete()
    sign_checkpoint(chain=HERE, by=None)


COLUMNS: dict[str, tuple[Any, str]] = {
    "chain": ("elsewhere", "missing"),
    "number": (99, "missing"),
    "at": (F("at") + timedelta(microseconds=1), "content"),
    "user_id": (77, "content"),
    "user": ("somebody", "content"),
    "organisation_id": (77, "content"),
    "organisation": ("某单位", "content"),
    "act": ("test.other", "content"),
    "object_type": ("coupling.offer", "content"),
    "object_id": ("77", "content"),
    "object_label": ("别的", "content"),
    "change": ('{"number": 2}', "content"),
    "previous_hash": ("ab" * 32, "break"),
    "hash": ("ab" * 32, "content"),
}
CHECKPOINT_COLUMNS: dict[str, tuple[Any, str]] = {
    "first": (2, "signature"),
    "number": (4, "signature"),
    "hash": ("ab" * 32, "signature"),
    "root": ("ab" * 32, "signature"),
    "at": (F("at") + timedelta(microseconds=1), "signature"),
    "public_key": ("ab" * 32, "key"),
    "signature": ("ab" * 64, "signature"),
}
#: What is done; what is found with the checkpoints in the database; what beside one kept elsewhere
#: (``None``: the same).
CASES: dict[str, tuple[Callable[[], Any], Found, Found | None]] = {
    "the first row is deleted": (lambda: row(1).delete(), {HERE: (1, "missing")}, None),
    "a middle row is deleted": (lambda: row(4).delete(), {HERE: (4, "missing")}, None),
    "the last row is deleted": (lambda: row(6).delete(), {HERE: (6, "end")}, None),
    "all rows are deleted": (lambda: rows().delete(), {HERE: (1, "shorter")}, None),
    "the end is cut off and noted": (lambda: cut(5), {HERE: (5, "shorter")}, None),
    "a row is edited and the rest rehashed": (
        lambda: edit_and_rehash(2), {HERE: (3, "checkpoint")}, None,
    ),
    "a row is edited with its own hash only": (
        lambda: (row(2).update(act="forged"), rehash_alone(2)), {HERE: (3, "break")}, None,
    ),
    "the chain is written anew from its first row": (
        lambda: edit_and_rehash(1), {HERE: (3, "checkpoint")}, None,
    ),
    "a row is inserted": (lambda: insert(4), {HERE: (5, "break")}, None),
    "a row is inserted and the rest rehashed": (
        lambda: (insert(4), rehash(4)), {HERE: (5, "checkpoint")}, None,
    ),
    "a row is added behind the noted end": (lambda: insert(7), {HERE: (7, "end")}, None),
    "two rows change places": (
        lambda: swap(row(2), row(3), "number"), {HERE: (2, "break")}, None,
    ),
    "two alliances exchange a row": (
        lambda: swap(row(2), row(2, "port"), "chain"),
        {HERE: (2, "break"), "port": (2, "break")},
        None,
    ),
    "two alliances exchange their whole record": (
        exchange_whole_chains, {HERE: (3, "signature"), "port": (3, "signature")}, None,
    ),
    "the noted end is moved back": (
        lambda: Chain.objects.filter(name=HERE).update(last_number=5, last_hash=row(5).get().hash),
        {HERE: (6, "end")},
        None,
    ),
    "the noted end gets another hash": (
        lambda: Chain.objects.filter(name=HERE).update(last_hash="ab" * 32),
        {HERE: (6, "end")},
        None,
    ),
    "the noted end is deleted": (
        lambda: Chain.objects.filter(name=HERE).delete(), {HERE: (1, "end")}, None,
    ),
    "a checkpoint is signed anew with another key": (
        lambda: forge(Checkpoint.objects.filter(chain=HERE), Ed25519PrivateKey.generate()),
        {HERE: (3, "key")},
        None,
    ),
    "the end is cut off with its checkpoints": (
        lambda: (cut(5), Checkpoint.objects.filter(chain=HERE, number=5).delete()),
        {},
        {HERE: (5, "shorter")},
    ),
    "a row is edited, the rest rehashed, the checkpoints deleted": (
        lambda: (edit_and_rehash(2), Checkpoint.objects.filter(chain=HERE).delete()),
        {},
        {HERE: (5, "checkpoint")},
    ),
    "all is rewritten and signed anew with the stolen key": (
        resign_everything, {}, {HERE: (5, "checkpoint")},
    ),
    "the whole chain is made to vanish": (forget_the_chain, {}, {HERE: (1, "shorter")}),
    **{
        f"the column {column} is edited": (
            lambda column=column, value=value: row(2).update(**{column: value}),
            {HERE: (2, fault)} | ({"elsewhere": (1, "missing")} if column == "chain" else {}),
            None,
        )
        for column, (value, fault) in COLUMNS.items()
    },
    **{
        f"{column} of a checkpoint is edited": (
            lambda column=column, value=value: Checkpoint.objects.filter(
                chain=HERE, number=3
            ).update(**{column: value}),
            {HERE: (4 if column == "number" else 3, fault)},
            None,
        )
        for column, (value, fault) in CHECKPOINT_COLUMNS.items()
    },
}  # fmt: skip


@pytest.fixture
def verified(capsys: pytest.CaptureFixture[str]) -> Callable[..., Found]:
    """Where ``binglian ledger verify`` says that a chain does not hold, and why."""

    def run(*files: Path) -> Found:
        arguments = [text for file in files for text in ("--checkpoint", str(file))]
        capsys.readouterr()
        status = main(["ledger", "verify", "--json", *arguments])
        told = json.loads(capsys.readouterr().out)
        found = {
            chain["chain"]: (chain["broken_at"], chain["fault"])
            for chain in told["chains"]
            if not chain["is_sound"]
        }
        assert status == (1 if found or not told["guards"] else 0)
        return found

    return run


def test_an_untouched_record_is_sound(two_chains: Path, verified: Callable[..., Found]) -> None:
    assert verified(two_chains) == {}


@pytest.mark.parametrize("case", CASES)
def test_tampering_is_caught_and_located(
    case: str, two_chains: Path, verified: Callable[..., Found]
) -> None:
    tamper, by_itself, beside_a_file = CASES[case]
    guards.remove(connection)
    tamper()
    guards.install(connection)

    assert verified() == by_itself
    assert verified(two_chains) == (by_itself if beside_a_file is None else beside_a_file)


@pytest.mark.parametrize("field", [*CHECKPOINT_COLUMNS, "chain"])
def test_an_edited_checkpoint_file_is_refused(
    field: str, two_chains: Path, verified: Callable[..., Found]
) -> None:
    content = json.loads(two_chains.read_text())
    value, fault = CHECKPOINT_COLUMNS.get(field, ("port", "signature"))
    content[field] = "2026-01-01T00:00:00.000000+00:00" if field == "at" else value
    two_chains.write_text(json.dumps(content))

    where = {"chain": "port"}.get(field, HERE)
    assert verified(two_chains) == {where: (content["number"], fault)}


def test_a_key_put_in_place_of_ours_is_seen(
    two_chains: Path, verified: Callable[..., Found], settings: Any
) -> None:
    settings.LEDGER_KEY_FILE = settings.LEDGER_KEY_FILE.with_name("other.pem")
    sign_checkpoint(chain=HERE, by=None)

    assert verified() == {HERE: (3, "key"), "port": (3, "key")}
    former = Checkpoint.objects.filter(chain="port").first().public_key
    settings.LEDGER_FORMER_KEYS = [former]
    assert verified() == {}


def test_missing_guards_are_told(two_chains: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guards.remove(connection)

    assert main(["ledger", "verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["guards"] is False
    assert main(["ledger", "guard"]) == 0
    assert main(["ledger", "verify"]) == 0


def test_nothing_broken_is_ever_signed(two_chains: Path) -> None:
    guards.remove(connection)
    row(6).update(act="forged")
    guards.install(connection)

    with pytest.raises(ActionRefused, match="第 6 行对不上"):
        sign_checkpoint(chain=HERE, by=None)


def test_rows_written_while_a_chain_is_walked_raise_no_alarm(
    two_chains: Path, secretariat: User, alliance: Alliance
) -> None:
    """The row comes after the end was read and before it is read again."""
    walked = LedgerEntry.objects.filter(chain=HERE)
    end = Chain.objects.get(name=HERE)
    record(secretariat, "test.late", alliance, within=alliance)

    assert wrong_end(HERE, walked.count(), walked.last().hash, end) == (7, None)
    assert wrong_end(HERE, 6, end.last_hash, end) == (6, None)
