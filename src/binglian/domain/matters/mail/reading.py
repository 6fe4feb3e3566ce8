"""What an e-mail says, and whether a person wrote it. Reads bytes, knows no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from django.utils.translation import gettext_lazy as _

from binglian.domain.refusals import ActionRefused, refuse_unless

MOST_BYTES = 25 * 1024 * 1024
#: Logos of signatures are smaller than any photo.
_SMALLEST_PHOTO = 4096
_PICTURES = {"image/jpeg", "image/png", "image/webp"}
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)\b", re.I)
_SECRET_LINK = re.compile(r"/m/([\w-]{32})(?![\w-])")
_REPLY_PREFIX = re.compile(r"^\s*((re|fwd?|aw|回复|答复|转发|回覆)\s*[:：]\s*)+", re.I)
#: From here on it is what somebody else wrote before, or the mail program's own words.
_QUOTED = re.compile(
    r"^(>|-{2,} ?(原始邮件|original message|转发邮件)|-- $|_{10,}|发件人[:：]|from: .+@|"
    r"(发自|来自)我的|sent from my |在.{4,80}写道[:：]|on .{4,120} wrote:)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message a person wrote.

    Attributes
    ----------
    sender
        The bare address.
    text
        Subject and what was newly written, without quotations and signatures.
    pictures
        Attached files that call themselves pictures, as they came.
    identity
        The message's own name in the world (``Message-ID``), empty if it has none.
    secret
        The token of a secret link anywhere in it: it is about that matter.
    """

    sender: str = field(repr=False)
    subject: str
    text: str
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    identity: str = ""
    sent_at: datetime | None = None
    secret: str = field(default="", repr=False)


def read_mail(content: bytes) -> Mail | None:
    """The message, or ``None`` for one that a machine wrote and nobody must answer (RFC 3834).

    Raises
    ------
    ActionRefused
        It is too big, or no e-mail with a sender and words.
    """
    refuse_unless(len(content) <= MOST_BYTES, _("邮件超过 25 MB，请减少附件。"))
    try:
        message = message_from_bytes(content, policy=policy.default)
        if _is_automatic(message):
            return None
        return _read(message)
    except (MessageError, LookupError, ValueError, AttributeError) as error:
        raise ActionRefused(_("邮件读不懂，可能已损坏。")) from error


def _read(message: EmailMessage) -> Mail:
    sender = parseaddr(str(message["From"] or ""))[1]
    refuse_unless("@" in sender, _("邮件没有发件人地址。"))
    whole = _words_of(message)
    subject = _REPLY_PREFIX.sub("", " ".join(str(message["Subject"] or "").split()))
    written = _newly_written(whole)
    text = "\n".join(part for part in (subject, written) if part)
    refuse_unless(text, _("邮件没有文字。"))
    found = _SECRET_LINK.search(whole)
    return Mail(
        sender=sender,
        subject=subject,
        text=text,
        pictures=tuple(_pictures(message)),
        identity=str(message["Message-ID"] or "").strip()[:500],
        sent_at=_sent_at(message),
        secret=found[1] if found else "",
    )


def _is_automatic(message: EmailMessage) -> bool:
    """Answers of machines, lists and bounces: answering them goes round in circles."""
    automatic = str(message["Auto-Submitted"] or "no").split(";")[0].strip().lower() != "no"
    precedence = str(message["Precedence"] or "").strip().lower()
    sender = parseaddr(str(message["From"] or ""))[1]
    return (
        automatic
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or any(message[name] for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
        or str(message["X-Auto-Response-Suppress"] or "").strip().lower() in ("all", "autoreply")
        or str(message["Return-Path"] or "").strip() == "<>"
        or message.get_content_type() == "multipart/report"
        or bool(_MACHINES.match(sender))
    )


def _words_of(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        words = body.get_content()
    except (LookupError, UnicodeError):  # a charset of its own making
        payload = body.get_payload(decode=True)
        words = payload.decode("gb18030", "replace") if isinstance(payload, bytes) else ""
    return _plain(words) if body.get_content_subtype() == "html" else words


def _newly_written(words: str) -> str:
    lines = []
    for line in words.replace("\r\n", "\n").split("\n"):
        if _QUOTED.match(line.lstrip("\u3000\xa0 ") if line.strip() else line):
            break
        lines.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _pictures(message: EmailMessage) -> Iterator[bytes]:
    for part in message.walk():
        if part.get_content_type() in _PICTURES:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and len(content) >= _SMALLEST_PHOTO:
                yield content


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)


class _Words(HTMLParser):
    """The words of an HTML letter, a line for each block."""

    BLOCKS = frozenset(("p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote"))
    UNSEEN = frozenset(("script", "style", "head", "title"))

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in self.UNSEEN
        if tag in self.BLOCKS:
            self.parts.append("\n")
        if tag == "a":  # the secret link may stand in the address alone
            self.parts += [f" {value} " for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self.UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def _plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)
