"""Whoever edits, deletes, reorders or cuts the record is caught."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import record, sign_checkpoint
from binglian.domain.ledger.chain import canonical, digest_of
from binglian.domain.ledger.models import Chain, Checkpoint, LedgerEntry
from binglian.domain.ledger.queries import stored_statements
from binglian.domain.ledger.statements import Statement
from binglian.domain.ledger.verifying import verify_chain


@pytest.fixture
def written(alliance: Alliance, secretariat: User) -> Alliance:
    """A chain of five acts."""
    for number in range(1, 6):
        record(secretariat, "test.act", alliance, within=alliance, change={"number": number})
    return alliance


@pytest.fixture
def tamper(written: Alliance) -> Callable[[str], None]:
    """Change the table as somebody with the database password would, past its guards."""

    def run(statement: str) -> None:
        guards.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def test_an_untouched_chain_is_sound(written):
    verdict = verify_chain("historic")

    assert (verdict.is_sound, verdict.entries) == (True, 5)


def test_a_row_says_who_did_what_on_what_and_what_changed(alliance, secretariat, giving):
    entry = record(
        secretariat, "test.act", giving, within=alliance, organisation=giving, change={"面积": 120}
    )

    assert (entry.user, entry.act, entry.organisation, entry.object_type, entry.change) == (
        "secretariat",
        "test.act",
        "建设集团（示例）",
        "alliance.organisation",
        '{"面积":120}',
    )


def test_the_hash_can_be_computed_by_anyone():
    assert canonical({"b": 1, "a": "中"}) == '{"a":"中","b":1}'
    # printf '{"a":"中","b":1}' | sha256sum
    assert digest_of({"b": 1, "a": "中"}) == (
        "d8158d9a7acf211407d1309876015fc6e69f13b7dd8126a571e429ddce565911"
    )


def test_chains_of_two_alliances_do_not_mix(written, secretariat):
    record(secretariat, "test.act", written, within=None)

    assert Chain.objects.get(name="platform").last_number == 1
    assert Chain.objects.get(name="historic").last_number == 5


def test_the_database_itself_refuses_an_update(written):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.filter(number=3).update(act="something.else")


def test_the_database_itself_refuses_a_delete(written):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.filter(number=3).delete()


@pytest.mark.parametrize("tampering", [{"number": 4}, {"signature": "00" * 64}])
def test_the_database_itself_refuses_to_change_a_checkpoint(written, tampering):
    sign_checkpoint(chain="historic", by=None)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Checkpoint.objects.update(**tampering)


def test_a_guard_that_refuses_nothing_is_seen(written):
    hollow = ["ALTER TABLE ledger_checkpoint DISABLE TRIGGER USER"]
    if connection.vendor == "sqlite":
        name = "ledger_no_UPDATE_ledger_checkpoint"
        body = "BEFORE UPDATE ON ledger_checkpoint BEGIN SELECT 1; END"
        hollow = [f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} {body}"]
    with connection.cursor() as cursor:
        for statement in hollow:
            cursor.execute(statement)

    assert not guards.are_in_place(connection)
    guards.install(connection)
    assert guards.are_in_place(connection)


def test_an_edited_row_is_named(tamper):
    tamper("UPDATE ledger_ledgerentry SET change = '{}' WHERE chain = 'historic' AND number = 3")

    verdict = verify_chain("historic")

    assert (verdict.broken_at, verdict.reason) == (3, "内容与哈希不符")


def test_an_edited_row_with_a_new_hash_breaks_the_next_one(tamper):
    tamper("UPDATE ledger_ledgerentry SET act = 'other' WHERE chain = 'historic' AND number = 3")
    entry = LedgerEntry.objects.get(chain="historic", number=3)
    LedgerEntry.objects.filter(pk=entry.pk).update(hash=entry.digest())

    verdict = verify_chain("historic")

    assert (verdict.broken_at, verdict.reason) == (4, "与前一行接不上")


def test_a_deleted_row_is_named(tamper):
    tamper("DELETE FROM ledger_ledgerentry WHERE chain = 'historic' AND number = 2")

    verdict = verify_chain("historic")

    assert (verdict.broken_at, verdict.reason) == (2, "缺少第 2 行")


def test_reordered_rows_are_named(tamper):
    tamper("UPDATE ledger_ledgerentry SET number = 99 WHERE chain = 'historic' AND number = 2")
    tamper("UPDATE ledger_ledgerentry SET number = 2 WHERE chain = 'historic' AND number = 3")
    tamper("UPDATE ledger_ledgerentry SET number = 3 WHERE chain = 'historic' AND number = 99")

    verdict = verify_chain("historic")

    assert (verdict.broken_at, verdict.reason) == (2, "与前一行接不上")


def test_rows_cut_off_the_end_are_seen_by_the_noted_end(tamper):
    tamper("DELETE FROM ledger_ledgerentry WHERE chain = 'historic' AND number > 3")

    verdict = verify_chain("historic")

    assert (verdict.broken_at, verdict.reason) == (4, "与记下的链尾不符")


def test_a_careful_cut_is_seen_only_by_a_signed_checkpoint(tamper):
    statement = Statement.from_json(_export(sign_checkpoint(chain="historic", by=None)))
    tamper("DELETE FROM ledger_ledgerentry WHERE chain = 'historic' AND number > 3")
    third = LedgerEntry.objects.get(chain="historic", number=3)
    Chain.objects.filter(name="historic").update(last_number=3, last_hash=third.hash)

    assert verify_chain("historic").is_sound
    verdict = verify_chain("historic", [statement])
    assert (verdict.broken_at, verdict.reason) == (4, "签名的检查点记有 5 行")


def test_a_rewritten_chain_differs_from_its_checkpoint(tamper):
    statement = Statement.from_json(_export(sign_checkpoint(chain="historic", by=None)))
    previous = "0" * 64
    guards.remove(connection)
    for entry in LedgerEntry.objects.filter(chain="historic").order_by("number"):
        entry.act, entry.previous_hash = "rewritten", previous
        entry.hash = previous = entry.digest()
        entry.save()
    Chain.objects.filter(name="historic").update(last_hash=previous)

    assert verify_chain("historic").is_sound
    assert verify_chain("historic", [statement]).reason == "与签名的检查点不符"


def test_a_checkpoint_file_with_one_figure_changed_is_not_genuine(written):
    text = _export(sign_checkpoint(chain="historic", by=None))

    assert Statement.from_json(text).is_genuine()
    assert not Statement.from_json(text.replace('"number": 5', '"number": 4')).is_genuine()


def test_a_checkpoint_by_a_foreign_key_does_not_count(written):
    sign_checkpoint(chain="historic", by=None)
    (statement,) = stored_statements()

    verdict = verify_chain("historic", [statement], frozenset({"00" * 32}))

    assert verdict.reason == "检查点由不认得的公钥签名"


def test_something_else_is_not_a_checkpoint_file():
    with pytest.raises(ValueError, match="这不是检查点文件"):
        Statement.from_json('{"hello": 1}')


def _export(checkpoint) -> str:
    return checkpoint.statement.as_json()
