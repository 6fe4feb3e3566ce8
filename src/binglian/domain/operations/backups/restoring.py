"""Putting a backup back: checked to its last byte before anything is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from binglian.backups.archive import Backup
from binglian.domain.operations.actions.erasing import erase_again
from binglian.domain.operations.actions.retaining import erase_what_is_due, sign_everybody_out
from binglian.domain.refusals import refuse_unless

from .databases import of_kind
from .proving import Key, Proof, check_whole, differences, walked


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; ``aside``: where the database of before lies, or empty."""

    proof: Proof
    aside: str
    erased: int


def restore(
    *, file: Path, key: Key, replace: bool, bring_up_to_date: Callable[[], None], erasures: Path
) -> Restored:
    """Put the backup ``file`` in the place of the platform's database.

    Then: compared with its manifest, brought up to this version, everybody signed out (sessions
    ended since the backup must not come to life again), and what was erased since is erased again:
    what was asked for, by the list ``erasures``, and what is due, by its date.

    Raises
    ------
    ActionRefused
        The file is damaged or of another database, or there is a database already and ``replace``
        was not said, or services still use it. Nothing is changed then.
    """
    manifest = check_whole(file, key)
    kind = manifest["database"]
    told = _("这是 %(kind)s 的备份，只能恢复到 %(kind)s。请改 DATABASE_URL。")
    database = of_kind(kind, told % {"kind": kind})
    there = _("这里已有数据库。要以备份替换它，请加 --replace。")
    refuse_unless(replace or database.is_empty(), there)
    with file.open("rb") as opened:
        aside = database.put_back(Backup(opened, key).database(), replace=replace)
    faults = differences(manifest)
    bring_up_to_date()
    broken, entries = walked()
    proof = Proof(manifest, sum(manifest["rows"].values()), entries, tuple(faults + broken))
    sign_everybody_out()
    again = erase_again(erasures, since=proof.made_at)
    return Restored(proof, aside, again + sum(erase_what_is_due().values()))
