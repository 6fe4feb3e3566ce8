"""A proof file holds by itself, and whatever is changed in it is found where it was changed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from binglian.command.main import main
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import sign_checkpoint
from binglian.domain.ledger.keys import own_public_key
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.proofs import as_json, examine
from binglian.domain.ledger.queries import prove
from binglian.domain.ledger.statements import Statement, fingerprint, public_pem
from binglian.domain.refusals import ActionRefused

Path_ = tuple[Any, ...]


@pytest.fixture
def proof(two_chains: Path) -> dict[str, Any]:
    """Rows 1 and 2 of three under one checkpoint, so that each has a way to go."""
    rows = LedgerEntry.objects.filter(chain="historic", number__lte=2).order_by("number")
    return json.loads(as_json(prove(rows)))


def places(content: dict[str, Any], key: str | None = None) -> set[str]:
    return {finding.place for finding in examine(json.dumps(content), key).findings}


def leaves(content: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The way to every single value of a file."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content)
    for name, value in pairs:
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, name))
        else:
            yield (*path, name)


def changed(content: dict[str, Any], path: Path_) -> dict[str, Any]:
    """The file with one value changed to another of its kind."""
    content = deepcopy(content)
    inner: Any = content
    for name in path[:-1]:
        inner = inner[name]
    value = inner[path[-1]]
    if isinstance(value, str):
        last = value[-1:]
        inner[path[-1]] = value[:-1] + ("1" if last == "0" else "0")
    else:
        inner[path[-1]] = 1 if value is None else value + 1
    return content


def test_every_row_of_a_chain_has_a_proof_that_holds(two_chains: Path) -> None:
    sign_checkpoint(chain="historic", by=None)
    rows = LedgerEntry.objects.filter(chain="historic").order_by("number")

    examined = examine(as_json(prove(rows)), own_public_key())

    assert [row.record["number"] for row in examined.rows] == [1, 2, 3, 4, 5, 6]
    assert examined.findings == ()


def test_every_value_that_is_changed_is_found_where_it_was_changed(proof: dict[str, Any]) -> None:
    wrongly_placed = {
        path: found
        for path in leaves(proof)
        if path != ("format",)
        for found in [places(changed(proof, path))]
        if not any(_begins(place, path) for place in found) or len({p[:10] for p in found}) != 1
    }

    assert wrongly_placed == {}
    assert len(list(leaves(proof))) == 53


def _begins(place: str, path: Path_) -> bool:
    """Whether the place names the row and the part of it that the path leads to."""
    _records, index, part, *_rest = path
    return place.startswith(f"records[{index}].{part}")


def test_every_field_that_is_taken_away_or_added_is_found(proof: dict[str, Any]) -> None:
    for part, place in (("", ""), ("record", ".record"), ("checkpoint", ".checkpoint")):
        whole = proof["records"][1]
        for name in [*(whole[part] if part else whole), "another"]:
            content = deepcopy(proof)
            edited = content["records"][1][part] if part else content["records"][1]
            edited.pop(name, None) if name != "another" else edited.update(another=1)

            assert places(content) == {f"records[1]{place}"}, name


TAMPERINGS: dict[str, tuple[Callable[[dict[str, Any]], Any], set[str]]] = {
    "the rows are exchanged": (
        lambda p: _exchange(p, "record"),
        {"records[0].record", "records[1].record"},
    ),
    "rows and hashes are exchanged": (
        lambda p: (_exchange(p, "record"), _exchange(p, "hash")),
        {"records[0].path", "records[1].path"},
    ),
    "the ways are exchanged": (
        lambda p: _exchange(p, "path"),
        {"records[0].path", "records[1].path"},
    ),
    "a way is cut short": (lambda p: p["records"][0]["path"].pop(), {"records[0].path"}),
    "a way is drawn out": (
        lambda p: p["records"][0]["path"].append("00" * 32),
        {"records[0].path"},
    ),
    "a step of the way is no hash": (
        lambda p: p["records"][0]["path"].append("?"),
        {"records[0].path"},
    ),
    "there is no row": (lambda p: p["records"].clear(), {"records"}),
    "a row is no row": (lambda p: p["records"].append(7), {"records[2]"}),
    "a number is a fraction": (
        lambda p: p["records"][0]["record"].update(number=1.0),
        {"records[0].record"},
    ),
    "a number is true": (
        lambda p: p["records"][0]["record"].update(number=True),
        {"records[0].record"},
    ),
    "a text holds half a character": (
        lambda p: p["records"][0]["record"].update(user="\ud800"),
        {"records[0].record"},
    ),
    "something stands beside the rows": (lambda p: p.update(note="真"), {"records"}),
    "the row of another chain": (
        lambda p: p["records"][0]["record"].update(chain="port"),
        {"records[0].record.chain", "records[0].record"},
    ),
}


def _exchange(content: dict[str, Any], part: str) -> None:
    first, second = content["records"]
    first[part], second[part] = second[part], first[part]


@pytest.mark.parametrize("case", TAMPERINGS)
def test_tampering_with_a_proof_is_located(case: str, proof: dict[str, Any]) -> None:
    tamper, expected = TAMPERINGS[case]
    tamper(proof)

    assert places(proof) == expected


def test_a_strangers_signature_holds_only_until_our_key_is_given(proof: dict[str, Any]) -> None:
    stranger = Ed25519PrivateKey.generate()
    for item in proof["records"]:
        signed = Statement.from_content(item["checkpoint"]).signed_with(stranger)
        item["checkpoint"] = signed.content()
        item["key_fingerprint"] = fingerprint(signed.public_key)

    assert places(proof) == set()
    assert places(proof, own_public_key()) == {
        "records[0].checkpoint.public_key",
        "records[1].checkpoint.public_key",
    }


def test_the_checkpoint_of_another_chain_proves_nothing(
    proof: dict[str, Any], two_chains: Path
) -> None:
    other = prove(LedgerEntry.objects.filter(chain="port", number=1))
    proof["records"][0]["checkpoint"] = other[0].statement.content()

    assert places(proof) == {"records[0].record.chain", "records[0].path"}


def test_a_name_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="format 出现了两次"):
        examine('{"format": "binglian-proof-1", "format": "binglian-proof-1", "records": []}')


def test_a_row_that_no_longer_is_what_was_sealed_gets_no_proof(two_chains: Path) -> None:
    guards.remove(connection)
    LedgerEntry.objects.filter(chain="historic", number=2).update(act="forged")
    guards.install(connection)

    with pytest.raises(ActionRefused, match="请立即核验台账"):
        prove(LedgerEntry.objects.filter(chain="historic", number=2))


# ---- binglian ledger prove -----------------------------------------------------------------------


@pytest.fixture
def file(proof: dict[str, Any], tmp_path: Path) -> Path:
    file = tmp_path / "row.proof.json"
    file.write_text(json.dumps(proof))
    return file


def test_the_command_says_who_did_what_when_and_where_it_stands(
    file: Path, tmp_path: Path, alliance: Alliance, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "public.pem"
    key.write_text(public_pem(own_public_key()))

    assert main(["ledger", "--lang", "zh", "prove", str(file), "--key", str(key)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("凭证成立")
    assert "historic 链第 1 行" in told
    assert f"secretariat · {alliance.lead_a}" in told
    assert "test.act_1" in told
    assert fingerprint(own_public_key()) in told


def test_the_command_names_the_place_of_every_fault(
    file: Path, proof: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    proof["records"][1]["record"]["act"] = "forged"
    file.write_text(json.dumps(proof))

    assert main(["ledger", "prove", str(file), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["is_sound"], [f["place"] for f in told["findings"]]) == (
        False,
        ["records[1].record"],
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "binglian-checkpoint-2"}', "[" * 9999])
def test_what_is_no_proof_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(text)

    assert main(["ledger", "prove", str(file)]) == 2


def test_a_proof_is_checked_where_there_is_no_platform(file: Path, tmp_path: Path) -> None:
    """No database, no settings, no secret: the mode is production and nothing is configured."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "binglian.command.main", "ledger", "prove", str(file)]

    done = subprocess.run(command, env=environment, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
