"""A restore drill on the database at hand: backed up, lost, restored, and everything is there."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import now

from binglian.backups.keys import make_key, told
from binglian.command.main import main
from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.governance.actions.sealing import Confirmation, seal_file
from binglian.domain.governance.models import SignedFile
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import record, sign_checkpoint
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.operations.backups import postgresql
from binglian.domain.operations.backups.noting import last_verified_at
from binglian.domain.operations.backups.standing_in import standing_in
from tests.domain.governance.test_sealing import pdf

__all__ = ["pdf"]  # the fixture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(settings, tmp_path: Path) -> Path:
    """Where backups go: outside the data of the platform, which are a folder of this test."""
    settings.DATA = tmp_path / "data"
    settings.LEDGER_KEY_FILE = settings.DATA / "ledger-key.pem"
    key = make_key(tmp_path / "reader.pem")
    settings.BACKUP_READERS = [told(key)]
    return tmp_path


@pytest.fixture
def filled(place: Path, alliance, giving, needing, secretariat, make_offer, make_need, pdf):
    """Lists, an agreement that two members signed, and a record under a checkpoint."""
    for number in range(3):
        make_offer(quantity=number + 1)
        make_need()
    seal_file(
        alliance=alliance,
        origin="agreement-version:1",
        title="共建协议",
        pdf=pdf,
        confirmations=[Confirmation(one, now()) for one in (giving, needing)],
    )
    with transaction.atomic():
        record(secretariat, "offer.added", alliance, within=alliance)
    sign_checkpoint(chain="historic", by=None)


@pytest.fixture
def elsewhere(tmp_path: Path):
    """A new and empty place of the same kind, as after the loss of a machine."""
    if connection.vendor == "sqlite":
        with standing_in(NAME=str(tmp_path / "new/binglian.sqlite3")):
            yield
        return
    name = f"binglian_new_{uuid4().hex[:12]}"
    with postgresql._connected(autocommit=True) as own:
        own.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            with standing_in(NAME=name):
                yield
        finally:
            own.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def backed_up(place: Path, *words: str) -> Path:
    file = place / f"{uuid4().hex}.backup"
    assert main(["backup", "--out", str(file), "--lang", "zh", *words]) == 0
    return file


def restored(place: Path, file: Path, *words: str) -> int:
    command = ["restore", str(file), "--key", str(place / "reader.pem"), "--lang", "zh"]
    return main([*command, *words])


def test_what_is_lost_comes_back_whole(filled, place, request, capsys):
    file = backed_up(place)
    signed = bytes(SignedFile.objects.get().content)
    counted = {kind: kind.objects.count() for kind in (User, Organisation, LedgerEntry)}
    assert "已试恢复并核验：台账" in capsys.readouterr().out

    request.getfixturevalue("elsewhere")
    assert restored(place, file) == 0

    assert {kind: kind.objects.count() for kind in counted} == counted
    assert bytes(SignedFile.objects.get().content) == signed
    assert guards.are_in_place(connection)
    assert main(["ledger", "--lang", "zh", "verify"]) == 0
    assert main(["search", "--lang", "zh", "verify"]) == 0
    client = Client()
    client.force_login(User.objects.get(username="secretariat"))
    assert client.get("/a/historic/offers/").status_code == 200
    assert main(["agreement", "export", "1", "--out", str(place / "agreement"), "--lang", "zh"]) == 0
