"""Claims on ``binglian ledger``."""

import json

import pytest
from django.db import connection, transaction

from binglian.command.main import main
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.models import LedgerEntry


@pytest.fixture(autouse=True)
def _key(settings, tmp_path):
    settings.LEDGER_KEY_FILE = tmp_path / "key.pem"


@pytest.fixture
def three_acts(alliance):
    with transaction.atomic():
        for act in ("one", "two", "three"):
            record(None, act, alliance, within=alliance)


def test_a_sound_ledger_is_said_to_be_sound(three_acts, capsys):
    assert main(["ledger", "--lang", "zh", "verify"]) == 0
    assert "historic：3 行，完好\n" in capsys.readouterr().out


def test_the_first_row_that_does_not_hold_is_named(three_acts, capsys):
    guards.remove(connection)
    LedgerEntry.objects.filter(act="two").update(act="other")
    guards.install(connection)

    assert main(["ledger", "--lang", "zh", "verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["is_sound"], told["chains"][0]["broken_at"]) == (False, 2)


def test_a_checkpoint_file_is_verified_without_the_platform(three_acts, tmp_path, capsys):
    file = tmp_path / "historic.json"
    assert main(["ledger", "checkpoint", "--alliance", "historic", "--out", str(file)]) == 0

    assert main(["ledger", "verify-file", str(file)]) == 0
    file.write_text(file.read_text().replace('"number": 3', '"number": 2'))
    assert main(["ledger", "verify-file", str(file)]) == 1


def test_a_checkpoint_of_an_unknown_alliance_is_refused(three_acts, capsys):
    assert main(["ledger", "checkpoint", "--alliance", "nowhere"]) == 2


def test_another_key_is_not_accepted(three_acts, tmp_path):
    file = tmp_path / "historic.json"
    main(["ledger", "checkpoint", "--alliance", "historic", "--out", str(file)])

    assert main(["ledger", "verify-file", str(file), "--key", "00" * 32]) == 1
