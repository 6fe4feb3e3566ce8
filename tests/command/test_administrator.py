"""Claims on ``binglian administrator``: the first account of a new platform."""

import pytest

from binglian.command.main import main
from binglian.domain.accounts.models import User
from binglian.domain.ledger.models import LedgerEntry


@pytest.mark.django_db
def test_the_first_administrator_is_on_record(monkeypatch):
    monkeypatch.setenv("BINGLIAN_PASSWORD", "a long enough passphrase")

    assert main(["administrator", "chief", "--email", "chief@example.org"]) == 0

    assert User.objects.get().platform_role == "administrator"
    assert [(e.chain, e.act) for e in LedgerEntry.objects.all()] == [("platform", "account.opened")]


@pytest.mark.django_db
def test_a_weak_password_is_refused_in_one_line(monkeypatch, capsys):
    monkeypatch.setenv("BINGLIAN_PASSWORD", "12345678")

    assert main(["administrator", "chief", "--auditor"]) == 2

    assert (User.objects.count(), capsys.readouterr().err.count("\n")) == (0, 1)
