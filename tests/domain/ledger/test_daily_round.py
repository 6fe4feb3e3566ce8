"""Once a day every chain is walked; what holds is sealed, what does not raises the alarm."""

import logging
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.exceptions import PermissionDenied
from django.db import connection

from binglian.domain.accounts.models import Notification, User
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import seal_record, verify_and_note
from binglian.domain.ledger.jobs import every_minute
from binglian.domain.ledger.keys import make_signing_key, signing_key
from binglian.domain.ledger.models import Checkpoint, LedgerEntry, Verification
from binglian.domain.refusals import ActionRefused


def _checkpoints() -> list[tuple[str, int, int]]:
    return list(Checkpoint.objects.values_list("chain", "first", "number"))


def test_each_chain_is_walked_and_sealed_once_a_day(two_chains: Path) -> None:
    every_minute()
    every_minute()

    found = Verification.objects.order_by("chain").values_list("chain", "entries", "fault")
    assert list(found) == [("historic", 6, ""), ("port", 6, "")]
    assert [c for c in _checkpoints() if c[0] == "port"] == [
        ("port", 1, 3),
        ("port", 4, 5),
        ("port", 6, 6),
    ]


def test_the_next_day_it_is_walked_again(two_chains: Path) -> None:
    every_minute()
    Verification.objects.update(at=Verification.objects.first().at - timedelta(days=1))

    every_minute()

    assert Verification.objects.filter(chain="historic").count() == 2
    assert Checkpoint.objects.filter(chain="historic").count() == 3


def test_a_break_alarms_auditors_and_administrators_and_is_not_sealed(
    two_chains: Path, auditor: User, administrator: User, caplog: pytest.LogCaptureFixture
) -> None:
    guards.remove(connection)
    LedgerEntry.objects.filter(chain="historic", number=6).update(user="forged")
    guards.install(connection)

    with caplog.at_level(logging.CRITICAL):
        every_minute()

    told = Notification.objects.filter(url="/ledger/").order_by("user__username")
    assert [(one.user, one.text_zh) for one in told] == [
        (who, "台账“historic”第 6 行对不上，请立即查看。") for who in (administrator, auditor)
    ]
    assert caplog.messages == ["Ledger historic does not hold at row 6: content"]
    assert Checkpoint.objects.filter(chain="historic").last().number == 5


def test_a_chain_whose_note_was_deleted_is_walked_too(two_chains: Path) -> None:
    guards.remove(connection)
    connection.cursor().execute("DELETE FROM ledger_chain WHERE name = 'historic'")
    guards.install(connection)

    every_minute()

    assert Verification.objects.get(chain="historic").fault == "end"


def test_only_who_may_read_the_ledger_has_it_walked(
    two_chains: Path, alliance: Alliance, viewer: User
) -> None:
    with pytest.raises(PermissionDenied):
        verify_and_note(chain="historic", by=viewer, within=alliance)


def test_whoever_is_outside_has_no_row_sealed(
    two_chains: Path, alliance: Alliance, outsider: User
) -> None:
    entry = LedgerEntry.objects.get(chain="historic", number=6)
    with pytest.raises(PermissionDenied):
        seal_record(entry=entry, by=outsider, within=alliance)


# ---- the key -------------------------------------------------------------------------------------


def test_the_key_lies_encrypted_and_for_its_owner_only(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "new.pem"
    settings.LEDGER_KEY_PASSPHRASE = "passphrase"
    made = make_signing_key()

    content = settings.LEDGER_KEY_FILE.read_bytes()
    assert b"ENCRYPTED" in content
    assert stat.S_IMODE(settings.LEDGER_KEY_FILE.stat().st_mode) == 0o600
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    assert signing_key().public_key().public_bytes(*raw) == made.public_key().public_bytes(*raw)


@pytest.mark.parametrize(
    ("passphrase", "asked", "said"),
    [
        ("", "", "没有加密"),
        ("passphrase", "another", "打不开"),
        ("passphrase", "", "打不开"),
    ],
)
def test_production_signs_with_no_key_it_cannot_keep(
    passphrase: str, asked: str, said: str, settings: Any, tmp_path: Path
) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "new.pem"
    settings.LEDGER_KEY_PASSPHRASE = passphrase
    make_signing_key()
    settings.PRODUCTION, settings.LEDGER_KEY_PASSPHRASE = True, asked

    with pytest.raises(ActionRefused, match=said):
        signing_key()


def test_a_key_is_never_overwritten(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "new.pem"
    make_signing_key()

    with pytest.raises(ActionRefused, match="已有密钥"):
        make_signing_key()


def test_production_makes_no_key_without_a_passphrase(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "new.pem"
    settings.PRODUCTION, settings.LEDGER_KEY_PASSPHRASE = True, ""

    with pytest.raises(ActionRefused, match="PASSPHRASE"):
        make_signing_key()
