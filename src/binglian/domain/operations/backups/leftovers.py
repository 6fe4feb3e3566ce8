"""What a backup that was killed left behind is cleared away by the next."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

#: How whatever is made for a while begins.
LEFT = ".binglian-backup-"
#: No backup takes so long; what is older belongs to none at work.
_OLD = 24 * 3600


def sweep(folder: Path) -> None:
    """Remove files and folders of ours that nobody works on any more."""
    for path in folder.glob(f"{LEFT}*"):
        if time.time() - path.lstat().st_mtime < _OLD:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """What was named in ``folder`` outlives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
