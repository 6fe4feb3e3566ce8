"""Whether a backup can be restored: it is, into a place of its own, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from binglian.backups.archive import Backup, Manifest
from binglian.backups.damage import Damaged, Fault
from binglian.domain.ledger.keys import trusted_keys
from binglian.domain.ledger.queries import chain_names, stored_statements
from binglian.domain.ledger.verifying import verify_chain
from binglian.domain.refusals import ActionRefused, refuse_unless

from .databases import of_kind
from .facts import facts_of

Key = X25519PrivateKey | bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """What a restored backup holds, and one sentence for each thing that is not as it was."""

    manifest: Manifest
    rows: int
    entries: int
    faults: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.manifest["made_at"])


def prove(file: Path, key: Key) -> Proof:
    """Restore for trial: every byte genuine, every table's rows counted, the ledger walked."""
    check_whole(file, key)
    with file.open("rb") as opened, _reading(file):
        backup = Backup(opened, key)
        told = _("这是 %(kind)s 的备份，须在用 %(kind)s 的平台上核验。")
        kind = backup.manifest["database"]
        with of_kind(kind, told % {"kind": kind}).scratch(backup.database()):
            faults = differences(backup.manifest)
            _bring_up_to_date()
            broken, entries = walked()
    faults += broken
    rows = sum(backup.manifest["rows"].values())
    return Proof(backup.manifest, rows, entries, tuple(faults))


def differences(manifest: Manifest) -> list[str]:
    """One sentence for each thing in the database at hand that is not as the manifest says."""
    with connection.cursor() as cursor:
        facts = facts_of(cursor, manifest["rows"])
    faults = [
        _("%(what)s 与备份时不符。") % {"what": what}
        for what in ("steps", "ledger")
        if facts[what] != manifest[what]
    ]
    for table, count in manifest["rows"].items():
        if facts["rows"][table] != count:
            told = _("表 %(table)s 有 %(found)s 行，备份时是 %(said)s 行。")
            faults.append(told % {"table": table, "found": facts["rows"][table], "said": count})
    return faults


def walked() -> tuple[list[str], int]:
    """Walk every chain of the database at hand; what does not hold, and how many entries do."""
    verdicts = [verify_chain(name, stored_statements(), trusted_keys()) for name in chain_names()]
    faults = [f"{one.chain}: {one.reason}" for one in verdicts if not one.is_sound]
    return faults, sum(one.entries for one in verdicts)


def check_whole(file: Path, key: Key) -> Manifest:
    """Read a backup to its end, believing nothing. Raises ``ActionRefused`` naming the place.

    Nor is one read whose tables this version does not know yet.
    """
    with file.open("rb") as opened, _reading(file):
        backup = Backup(opened, key)
        for _block in backup.database():
            pass
    known, taken = MigrationLoader(None).disk_migrations, backup.manifest["steps"]
    newer = [step for step in taken if _is_ours(step) and tuple(step) not in known]
    told = _("备份来自更新的版本（binglian %(version)s）。请先安装该版本或更新的版本。")
    refuse_unless(not newer, told % {"version": backup.manifest["binglian"]})
    return backup.manifest


def _is_ours(step: list[str]) -> bool:
    """Other packages may have taken their steps together meanwhile."""
    return apps.is_installed(f"binglian.domain.{step[0]}")


def _bring_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Damage is told in words."""
    try:
        yield
    except Damaged as error:
        words = {
            Fault.ALTERED: _("%(file)s 从第 %(offset)s 字节起被改动。请换一份备份。"),
            Fault.CUT: _("%(file)s 不完整，第 %(offset)s 字节以后缺失或被改动。请换一份备份。"),
            Fault.FOREIGN: _("%(file)s 不是并联的备份。"),
            Fault.SHUT: _("这把私钥打不开 %(file)s：备份时没有列入它的公钥。"),
        }
        told = words[error.fault] % {"file": file, "offset": error.offset}
        raise ActionRefused(told) from error
