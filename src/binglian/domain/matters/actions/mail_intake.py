"""Reports by e-mail: each message once, its pictures re-encoded, its sender sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.doubts import Doubt
from binglian.domain.matters.facts import ContactFacts, MatterFacts, PhotoFacts
from binglian.domain.matters.mail.answering import receipt
from binglian.domain.matters.mail.reading import Mail, read_mail
from binglian.domain.matters.models import Matter
from binglian.domain.matters.photos import MOST_PHOTOS, photo_facts
from binglian.domain.matters.queries.rules import matter_rules_of
from binglian.domain.matters.queries.visibility import matter_by_token
from binglian.domain.refusals import ActionRefused

from .public_reports import LONGEST_ADDITION, add_to_matter, report_by_public
from .reporting import LONGEST_TEXT

#: Messages of one sender in a day that are answered; more wait for a person, unanswered.
ANSWERED_A_DAY = 10
#: How long a message is remembered, so that it counts once however often it is delivered.
_REMEMBERED_SECONDS = 60 * 24 * 3600


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a message: a new matter, or an addition to one, and the letter to send."""

    matter: Matter
    is_new: bool
    letter: EmailMessage | None


def take_in_mail(*, alliance: Alliance, content: bytes) -> TakenIn | None:
    """Take one e-mail in; ``None`` when a machine wrote it or it came before.

    The letter is for the caller to send once the message is safe: a mail server that is down
    must not undo the report.

    Raises
    ------
    ActionRefused
        No e-mail, too big, or without words.
    """
    mail = read_mail(content)
    if mail is None or mail.sender.lower() == _our_address():
        return None
    language = "zh-hans" if any("\u4e00" <= sign <= "\u9fff" for sign in mail.text) else "en"
    with override(language):
        return _once(alliance, mail, content)


@transaction.atomic
def _once(alliance: Alliance, mail: Mail, content: bytes) -> TakenIn | None:
    # In the same database and transaction: remembered if and only if it is taken in.
    name = hashlib.sha256(mail.identity.encode() or content).hexdigest()
    if not cache.add(f"mail:{name}", 1, _REMEMBERED_SECONDS):
        return None
    known = matter_by_token(mail.secret) if mail.secret else None
    if known is not None and known.alliance == alliance:
        add_to_matter(matter=known, text=mail.text[:LONGEST_ADDITION])
        return TakenIn(known, is_new=False, letter=None)
    photos, left_out = _photos(mail)
    doubts = [Doubt.MANY] if _count_today(mail.sender) > ANSWERED_A_DAY else []
    facts = MatterFacts(
        text=mail.text[:LONGEST_TEXT],
        source=Matter.Source.EMAIL,
        contact=ContactFacts(email=mail.sender, consent_text=_consent()),
        photos=photos,
        reported_at=min(mail.sent_at, now()) if mail.sent_at else None,
    )
    reported = report_by_public(alliance=alliance, facts=facts, doubts=doubts)
    days = matter_rules_of(alliance).kept_days
    letter = receipt(mail, reported, days=days, left_out=left_out)
    return TakenIn(reported.matter, is_new=True, letter=None if doubts else letter)


def _photos(mail: Mail) -> tuple[list[PhotoFacts], list[str]]:
    """The first good pictures, and why others were left out."""
    photos: list[PhotoFacts] = []
    left_out: list[str] = []
    for picture in mail.pictures:
        if len(photos) == MOST_PHOTOS:
            left_out.append(_("最多 %(n)s 张照片。") % {"n": MOST_PHOTOS})
            break
        try:
            alternative = _("诉求照片 %(n)s") % {"n": len(photos) + 1}
            photos.append(photo_facts(picture, alternative))
        except ActionRefused as refused:
            left_out.append(str(refused))
    return photos, left_out


def _consent() -> str:
    return _("本人来信提出，并收到回信：告知邮箱只用于办理本件、保存期限和删除办法。")


def _count_today(sender: str) -> int:
    """How many messages of the sender came today, this one included; the address is not kept."""
    name = hashlib.sha256(f"{settings.SECRET_KEY}:{sender.lower()}".encode()).hexdigest()
    key = f"mail-of:{localdate()}:{name}"
    cache.add(key, 0, 24 * 3600)
    return cache.incr(key)


def _our_address() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">").strip().lower()
