"""Files of backups, and the private key that opens them."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from binglian.backups.keys import private_key_in

from .refusals import CommandRefused
from .words import gettext as _


@contextmanager
def refusing_files() -> Iterator[None]:
    """A file that is missing, or a disk that is full, is told in a line."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise CommandRefused(f"{where}{error.strerror}") from error


def key_in(file: Path) -> X25519PrivateKey:
    """Asks for the passphrase where the file is encrypted."""
    try:
        return private_key_in(file, lambda: getpass.getpass(_("私钥的口令：") + " "))
    except OSError as error:
        reason = {"file": file, "why": error.strerror}
        raise CommandRefused(_("读不了文件 %(file)s：%(why)s。") % reason) from error
    except (ValueError, EOFError) as error:
        told = _("%(file)s 不是读备份的私钥，或口令不对。私钥由 binglian backup key --make 生成。")
        raise CommandRefused(told % {"file": file}) from error
