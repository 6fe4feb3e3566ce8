"""Letters to followers: one to confirm, then at most one a day with what is new.

A row is marked after the mail server took the letter, so a crash tells twice, never nought.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from binglian.domain.openness.models import Follower
from binglian.domain.openness.topics import Entry, Topic, entries_of, topic_of

from .following import CONFIRM_DAYS, address_of

logger = logging.getLogger(__name__)
State = Follower.State
#: Letters go in the morning, from this hour on.
FROM_HOUR = 7
MOST_LETTERS = 200


def send_confirmations(*, limit: int = MOST_LETTERS) -> int:
    """Ask each new address whether it wants to follow; returns how many letters went."""
    waiting = Follower.objects.filter(state=State.ASKED, asked_mail_at=None)
    sent = 0
    for row in waiting.select_related("alliance").order_by("pk")[:limit]:
        topic = topic_of(row.alliance, row.topic)
        if topic:
            with override(row.language):
                sent += _goes(_confirmation(row, topic))
        row.asked_mail_at = now()
        row.save(update_fields=["asked_mail_at"])
    return sent


def send_digests(*, limit: int = MOST_LETTERS) -> int:
    """Tell followers what is new since their last letter; returns how many letters went."""
    if localtime().hour < FROM_HOUR:
        return 0
    waiting = Follower.objects.filter(state=State.CONFIRMED).exclude(looked_on=localdate())
    rows = waiting.select_related("alliance").order_by("alliance", "topic", "language")[:limit]
    sent = 0
    for _group, group in groupby(rows, lambda row: (row.alliance_id, row.topic, row.language)):
        followers = list(group)
        with override(followers[0].language):
            sent += _tell(followers)
    return sent


def _tell(followers: Sequence[Follower]) -> int:
    """All who follow one topic in one language: what is new is looked up once."""
    topic = topic_of(followers[0].alliance, followers[0].topic)
    upto = now()
    since = min(row.told_until or upto for row in followers)
    news = entries_of(topic, since) if topic else []
    sent = 0
    for row in followers:
        new = [one for one in news if row.told_until and row.told_until < one.at <= upto]
        if topic and new:
            sent += _goes(_digest(row, topic, new))
        row.looked_on, row.told_until = localdate(), upto
        row.save(update_fields=["looked_on", "told_until"])
    return sent


def _confirmation(row: Follower, topic: Topic) -> EmailMessage:
    email, token = address_of(row)
    facts = {"topic": topic, "alliance": topic.alliance, "days": CONFIRM_DAYS}
    subject = _("请确认：关注“%(topic)s”") % facts
    text = _(
        "有人用这个邮箱关注%(alliance)s的“%(topic)s”。是您，请打开下面的链接确认；"
        "不是您，不用理会，%(days)s 天后自动删除。"
    )
    return EmailMessage(
        _one_line(subject),
        f"{text % facts}\n\n{_page(token)}\n",
        to=[email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _digest(row: Follower, topic: Topic, news: Sequence[Entry]) -> EmailMessage:
    email, token = address_of(row)
    facts = {"topic": topic, "alliance": topic.alliance, "count": len(news)}
    lines = [_("%(alliance)s · %(topic)s：%(count)s 条新消息") % facts, ""]
    for one in news:
        lines += [f"{_shown(one.at)}  {_one_line(one.title)}"]
        if one.text:
            lines += [_one_line(one.text)[:120]]
        lines += [f"{settings.SITE_URL}{one.path}", ""]
    lines += [_("不想再收？打开即可退订，邮箱随即删除："), f"{_page(token)}leave/"]
    return EmailMessage(
        _one_line(lines[0]),
        "\n".join(lines) + "\n",
        to=[email],
        headers={
            "Auto-Submitted": "auto-generated",
            # One click in the mail program, without opening a page (RFC 2369, RFC 8058).
            "List-Unsubscribe": f"<{_page(token)}leave/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _goes(letter: EmailMessage) -> bool:
    try:
        letter.send()
    except SMTPRecipientsRefused:
        logger.warning("The mail server refused the address of a follower")
        return False
    return True


def _page(token: str) -> str:
    return f"{settings.SITE_URL}/f/{token}/"


def _shown(at: datetime) -> str:
    return f"{localtime(at):%m-%d %H:%M}"


def _one_line(text: str) -> str:
    """Words typed outside may hold line breaks, which no header may."""
    return " ".join(text.split())
