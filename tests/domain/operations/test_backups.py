"""A restore drill on the database at hand: backed up, lost, restored, and everything is there."""

import json
import os
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils.timezone import now

from binglian.backups.archive import write_backup
from binglian.backups.keys import make_key, private_key_in, told
from binglian.command.main import main
from binglian.command.migrate import bring_up_to_date
from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Need, Offer
from binglian.domain.governance.actions.sealing import Confirmation, seal_file
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import record, sign_checkpoint
from binglian.domain.ledger.erasures import ERASING
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import erase_reporter, report_matter
from binglian.domain.matters.facts import MatterFacts
from binglian.domain.matters.models import Matter
from binglian.domain.operations.actions.erasing import AGAIN
from binglian.domain.operations.backups import postgresql
from binglian.domain.operations.backups.databases import at_hand
from binglian.domain.operations.backups.noting import last_verified_at
from binglian.domain.operations.backups.standing_in import standing_in
from tests.domain.governance.test_sealing import pdf
from tests.domain.matters.conftest import CONTACT

__all__ = ["pdf"]  # the fixture

pytestmark = pytest.mark.django_db(transaction=True)

#: The step before the last of a subject with few rows.
BEFORE = ("newsroom", "0001_initial")


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
    with new_place(tmp_path):
        yield


@pytest.fixture
def elsewhere_from(place: Path):
    """A backup, restored in a new place."""

    @contextmanager
    def restore(file: Path):
        with new_place(place):
            assert restored(place, file) == 0
            yield

    return restore


@contextmanager
def new_place(tmp_path: Path):
    """Empty and of the same kind, as after the loss of a machine."""
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
    Client().force_login(User.objects.get(username="secretariat"))
    file = backed_up(place)
    counted = {kind: kind.objects.count() for kind in (User, Offer, Need, LedgerEntry)}
    assert "已试恢复并核验：台账" in capsys.readouterr().out

    request.getfixturevalue("elsewhere")
    assert restored(place, file) == 0

    assert {kind: kind.objects.count() for kind in counted} == counted
    assert guards.are_in_place(connection)
    assert Session.objects.count() == 0  # what was revoked since does not come to life
    assert main(["ledger", "--lang", "zh", "verify"]) == 0
    assert main(["search", "--lang", "zh", "verify"]) == 0
    client = Client()
    client.force_login(User.objects.get(username="secretariat"))
    assert client.get("/a/historic/offers/").status_code == 200
    agreement = str(place / "agreement.pdf")
    assert main(["agreement", "export", "--alliance", "historic", "--out", agreement]) == 0
    assert main(["agreement", "verify", agreement]) == 0


def test_an_older_backup_replaces_what_is_there_and_is_brought_up_to_date(
    alliance, place, elsewhere_from
):
    with elsewhere_from(backed_up(place, "--no-verify")):
        MigrationExecutor(connection).migrate([BEFORE])
        older = backed_up(place)
        Alliance.objects.update(name="改了名")
        bring_up_to_date()

        assert restored(place, older) == 2  # there is a database already
        assert Alliance.objects.get().name == "改了名"
        assert restored(place, older, "--replace") == 0

        assert Alliance.objects.get().name == "历史城区片区联盟"
        executor = MigrationExecutor(connection)
        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_what_is_written_meanwhile_is_not_in_it(place, make_offer):
    make_offer()
    with at_hand().snapshot() as (facts, blocks):
        make_offer()
        content = list(blocks)

    with at_hand().scratch(content):
        assert (Offer.objects.count(), facts["rows"]["coupling_offer"]) == (1, 1)
    assert Offer.objects.count() == 2


@pytest.mark.once
def test_a_backup_of_a_newer_version_is_refused(alliance, place, capsys):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)",
            ["newsroom", "9999_of_tomorrow", now()],
        )
    try:
        file = place / "newer.backup"
        assert main(["backup", "--out", str(file), "--no-verify"]) == 0
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_of_tomorrow'")

    assert restored(place, file, "--replace") == 2
    assert "更新的版本" in capsys.readouterr().err


@pytest.mark.once
def test_a_backup_of_the_other_database_is_refused(alliance, place, capsys):
    file = place / "other.backup"
    key = private_key_in(place / "reader.pem", str)
    manifest = {"binglian": "0.1", "database": "other", "steps": []}
    with file.open("wb") as opened:
        write_backup(opened, [key.public_key()], manifest, [b"data"])

    assert restored(place, file, "--replace") == 2
    assert "只能恢复到 other" in capsys.readouterr().err


@pytest.mark.once
def test_a_file_that_is_not_there_or_no_backup_is_told(db, place, capsys):
    assert restored(place, place / "nothing.backup") == 2
    assert "nothing.backup" in capsys.readouterr().err
    (place / "notes.txt").write_text("no backup")
    assert restored(place, place / "notes.txt") == 2
    assert "不是并联的备份" in capsys.readouterr().err
    assert main(["backup", "verify", "a", "--key", str(place / "notes.txt"), "--lang", "zh"]) == 2
    assert "不是读备份的私钥" in capsys.readouterr().err


@pytest.mark.once
def test_what_a_killed_backup_left_is_cleared_away(alliance, place):
    left = place / ".binglian-backup-old"
    left.write_bytes(b"")
    os.utime(left, (0, 0))

    backed_up(place, "--no-verify")

    assert not left.exists()


@pytest.mark.once
def test_a_damaged_backup_is_refused_and_nothing_is_changed(alliance, place, capsys):
    file = backed_up(place, "--no-verify")
    sound = file.read_bytes()
    file.write_bytes(sound[:1000] + bytes([sound[1000] ^ 1]) + sound[1001:])

    assert restored(place, file, "--replace") == 2
    assert "字节起被改动" in capsys.readouterr().err
    file.write_bytes(sound[:-100])
    assert restored(place, file, "--replace") == 2
    assert "不完整" in capsys.readouterr().err
    assert Alliance.objects.get() == alliance


@pytest.mark.once
def test_only_the_readers_key_opens_a_backup(alliance, place, capsys):
    file = backed_up(place, "--no-verify")
    make_key(place / "other.pem")

    verify = ["backup", "verify", str(file), "--json", "--lang", "zh", "--key"]
    assert main([*verify, str(place / "other.pem")]) == 2
    assert "打不开" in capsys.readouterr().err
    assert main([*verify, str(place / "reader.pem")]) == 0
    assert json.loads(capsys.readouterr().out)["manifest"]["rows"]["alliance_alliance"] == 1


def test_a_backup_that_does_not_hold_is_not_kept(alliance, place, capsys):
    """Somebody changed the ledger behind the platform's back."""
    with transaction.atomic():
        record(None, "offer.added", alliance, within=alliance)
    guards.remove(connection)
    LedgerEntry.objects.update(act="other")
    guards.install(connection)

    assert main(["backup", "--out", str(place / "kept"), "--lang", "zh"]) == 2
    assert "historic" in capsys.readouterr().err
    assert (list((place / "kept").iterdir()), last_verified_at()) == ([], None)


@pytest.mark.once
def test_a_folder_keeps_the_newest_of_each_period_and_what_is_not_ours(alliance, place):
    folder = place / "kept"
    folder.mkdir()
    old = [f"binglian-20200101T0{hour}0000Z.backup" for hour in range(3)]
    for name in [*old, "notes.txt"]:
        (folder / name).write_bytes(b"")

    assert main(["backup", "--out", str(folder), "--keep", "2", "2", "2", "--lang", "zh"]) == 0

    (new,) = {one.name for one in folder.iterdir()} - {old[2], "notes.txt"}
    assert (folder / new).stat().st_mode & 0o077 == 0
    assert now() - last_verified_at() < timedelta(minutes=5)


@pytest.mark.once
def test_without_readers_nothing_is_backed_up(db, place, settings, capsys):
    settings.BACKUP_READERS = []

    assert main(["backup", "--out", str(place / "a.backup"), "--lang", "zh"]) == 2
    assert "binglian backup key --make" in capsys.readouterr().err


@pytest.mark.once
def test_what_was_erased_after_the_backup_is_erased_again(alliance, place, elsewhere_from):
    facts = MatterFacts("王先生家下水道堵塞", contact=CONTACT, address="示例路 1 号 301")
    reported = [report_matter(alliance=alliance, facts=facts, by=None) for _ in range(2)]
    file = backed_up(place, "--no-verify")
    erase_reporter(token=reported[0].token)
    kept = (place / "data" / "erasures.jsonl").read_text()

    with elsewhere_from(file):
        texts = Matter.objects.order_by("id").values_list("text", flat=True)
        assert ["王先生" in text for text in texts] == [False, True]
    assert ("王先生" in kept, len(kept.splitlines())) == (False, 1)


@pytest.mark.once
def test_every_erasure_on_request_can_be_done_again():
    assert set(AGAIN) == ERASING
