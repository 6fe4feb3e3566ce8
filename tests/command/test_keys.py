"""``binglian keys`` and ``binglian agreement``."""

import json
from pathlib import Path

import pytest
from django.utils.timezone import now

from binglian.command.main import main
from binglian.domain.governance.actions.sealing import Confirmation, seal_file
from binglian.domain.governance.queries import signing_code
from tests.domain.governance.test_sealing import pdf

__all__ = ["pdf"]  # the fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(alliance, giving, needing, pdf):
    return seal_file(
        alliance=alliance,
        origin="agreement-version:1",
        title="共建协议",
        pdf=pdf,
        confirmations=[Confirmation(one, now()) for one in (giving, needing)],
    )


@pytest.fixture
def told(capsys):
    """Exit status and what a verb prints."""

    def run(*words: str) -> tuple[int, str]:
        status = main([*words, "--lang", "zh"])
        return status, capsys.readouterr().out

    return run


def test_keys_are_listed_without_any_key(sealed, giving, told):
    status, printed = told("keys", "list", "--json")

    rows = json.loads(printed)
    assert status == 0
    assert {row["code"] for row in rows} >= {"root", "platform", signing_code(giving)}
    assert {row["state"] for row in rows} == {"current"}
    assert "PRIVATE" not in printed


def test_a_key_is_rotated_and_revoked(sealed, giving, told):
    code = signing_code(giving)

    assert told("keys", "rotate", code)[0] == 0
    rows = json.loads(told("keys", "list", "--json")[1])
    (current,) = [r for r in rows if r["code"] == code and r["state"] == "current"]
    assert told("keys", "revoke", current["serial"])[0] == 0
    rows = json.loads(told("keys", "list", "--json")[1])
    assert sorted(r["state"] for r in rows if r["code"] == code) == ["replaced", "revoked"]


def test_keys_of_an_outside_authority_are_not_ours_to_rotate(settings, capsys):
    settings.SIGNING = "pkcs11"

    assert main(["keys", "rotate", "A1", "--lang", "zh"]) == 2
    assert "签名密钥在外部机构" in capsys.readouterr().err


def test_an_exported_agreement_verifies_against_the_roots_of_the_platform(
    sealed, alliance, told, tmp_path: Path
):
    file, roots = tmp_path / "a.pdf", tmp_path / "roots.pem"
    assert told("agreement", "export", "--alliance", alliance.slug, "--out", str(file))[0] == 0
    roots.write_text(told("keys", "roots")[1])

    status, printed = told("agreement", "verify", str(file), "--root", str(roots), "--json")

    answer = json.loads(printed)
    assert (status, answer["is_sound"], answer["roots_given"]) == (0, True, True)
    assert [s["problem"] for s in answer["signatures"]] == ["", "", ""]


def test_without_a_root_the_fingerprint_to_compare_is_shown(sealed, told, tmp_path: Path):
    file = tmp_path / "a.pdf"
    file.write_bytes(bytes(sealed.content))

    status, printed = told("agreement", "verify", str(file))

    assert status == 0
    assert "3 个签名全部有效，文件完整。" in printed
    assert "没有给出 --root" in printed


def test_a_changed_file_does_not_verify(sealed, told, tmp_path: Path):
    file, content = tmp_path / "a.pdf", bytearray(sealed.content)
    content[3000] ^= 1
    file.write_bytes(content)

    status, printed = told("agreement", "verify", str(file))

    assert (status, "有效，文件完整" in printed) == (1, False)


def test_what_is_no_signed_file_is_said(told, tmp_path: Path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"nothing")

    status, printed = told("agreement", "verify", str(file))

    assert (status, printed.split("：")[0]) == (1, "不是完好的已签文件")


def test_an_alliance_without_an_agreement_is_said(alliance, capsys, tmp_path: Path):
    words = ["--alliance", alliance.slug, "--out", str(tmp_path / "a.pdf"), "--lang", "zh"]

    assert main(["agreement", "export", *words]) == 2
    assert "没有已签的协议" in capsys.readouterr().err


def test_what_is_wrong_is_said_in_the_readers_language(told, capsys, tmp_path: Path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"nothing")

    assert main(["agreement", "verify", str(file), "--lang", "en"]) == 1
    assert capsys.readouterr().out.startswith("Not an intact signed file: The file cannot be read")
