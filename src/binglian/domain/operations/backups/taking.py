"""Making a backup: whole or not at all, and proved before it counts."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _

from binglian.backups.archive import Manifest, write_backup
from binglian.backups.keys import public_key_from
from binglian.backups.rotation import Rotation, kept
from binglian.domain.refusals import ActionRefused, refuse_unless

from .databases import at_hand
from .leftovers import LEFT, settle, sweep
from .noting import note_verified
from .proving import Proof, prove

_NAME = re.compile(r"binglian-(\d{8}T\d{6})Z\.backup")
_TIME = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Taken:
    """The file of a backup; ``proof`` is ``None`` where it was not restored for trial."""

    file: Path
    manifest: Manifest
    proof: Proof | None
    removed: tuple[Path, ...]


def readers() -> list[X25519PublicKey]:
    """Who can read backups, as the settings say; refused where nobody could."""
    found = []
    for digits in settings.BACKUP_READERS:
        try:
            found.append(public_key_from(digits))
        except ValueError as error:
            told = _("BINGLIAN_BACKUP_READERS 里的 %(key)s 不是公钥（64 位十六进制）。")
            raise ActionRefused(told % {"key": digits}) from error
    missing = _("没有设置 BINGLIAN_BACKUP_READERS。请用 binglian backup key --make 生成一对密钥。")
    refuse_unless(found, missing)
    return found


def take_backup(*, out: Path, is_proved: bool, rotation: Rotation | None) -> Taken:
    """Back the database up to the file ``out``, or into the folder ``out`` under its time.

    It is restored for trial with a key that is forgotten afterwards, since the server holds none
    that reads its backups. ``rotation``: which of a folder's backups stay once this one is proved.
    """
    sealed_for, made_at = readers(), now().astimezone(UTC)
    is_folder = out.is_dir() or not out.suffix
    file = out / f"binglian-{made_at.strftime(_TIME)}Z.backup" if is_folder else out
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_unless(not file.exists(), _("%(file)s 已存在。") % {"file": file})
    database = at_hand()
    sweep(file.parent)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=LEFT)
    try:
        with os.fdopen(handle, "wb") as made, database.snapshot() as (facts, blocks):
            when = {"made_at": made_at.isoformat(), "database": database.KIND}
            manifest = when | {"site": settings.SITE_URL} | facts
            key = write_backup(made, sealed_for, manifest, blocks)
            made.flush()
            os.fsync(made.fileno())
        proof = prove(Path(name), key) if is_proved else None
        if proof:
            refuse_unless(proof.is_sound, "\n".join(proof.faults))
        os.replace(name, file)  # whole or not there: the name is given last
        settle(file.parent)
    finally:
        Path(name).unlink(missing_ok=True)
    if proof:
        note_verified(file, made_at)
    removed = _rotated(file.parent, rotation) if is_folder and proof and rotation else ()
    return Taken(file, manifest, proof, removed)


def _rotated(folder: Path, rotation: Rotation) -> tuple[Path, ...]:
    """Only files named as ours go."""
    dated = {
        datetime.strptime(found[1], _TIME).replace(tzinfo=UTC): path
        for path in folder.iterdir()
        if (found := _NAME.fullmatch(path.name))
    }
    staying = kept(dated, rotation)
    going = tuple(path for at, path in sorted(dated.items()) if at not in staying)
    for path in going:
        path.unlink()
    return going
