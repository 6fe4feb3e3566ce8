"""The unread messages of an IMAP mailbox (RFC 3501)."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .refusals import CommandRefused
from .words import gettext as _

TLS_PORT = 993
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Unread:
    """One message; it stays unread until it is settled, so a crash loses nothing."""

    box: imaplib.IMAP4
    uid: str
    content: bytes

    def settle(self, is_understood: bool) -> None:
        """Mark it read; flagged too when a person should look at it."""
        marks = r"(\Seen)" if is_understood else r"(\Seen \Flagged)"
        self.box.uid("STORE", self.uid, "+FLAGS", marks)


def unread(settings: Any) -> Iterator[Unread]:
    """Each unread message of the configured folder, the oldest first."""
    try:
        with _opened(settings) as box:
            _status, found = box.uid("SEARCH", "UNSEEN")
            for uid in found[0].split():
                _status, parts = box.uid("FETCH", uid.decode(), "(BODY.PEEK[])")
                content = next((part[1] for part in parts if isinstance(part, tuple)), None)
                if content is not None:
                    yield Unread(box, uid.decode(), content)
    except (imaplib.IMAP4.error, OSError) as error:
        raise CommandRefused(_("邮箱收取失败：%(why)s") % {"why": error}) from error


@contextmanager
def _opened(settings: Any) -> Iterator[imaplib.IMAP4]:
    host, port = settings.IMAP_HOST, settings.IMAP_PORT
    trusted = ssl.create_default_context()
    if port == TLS_PORT:
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, port, ssl_context=trusted)
    else:
        box = imaplib.IMAP4(host, port, timeout=PATIENCE_SECONDS)
        if host not in ("localhost", "127.0.0.1", "::1"):  # no password in the clear
            box.starttls(trusted)
    with box:
        box.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        status, _told = box.select(settings.IMAP_FOLDER)
        if status != "OK":
            raise CommandRefused(_("邮箱里没有文件夹 %(name)s。") % {"name": settings.IMAP_FOLDER})
        yield box
