"""The letter that goes back to whoever reported by e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from binglian.domain.matters.diversions import hints_in
from binglian.domain.matters.facts import Reported

from .reading import Mail

#: RFC 3834: machines that read this do not answer it.
_QUIET = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


def receipt(mail: Mail, reported: Reported, *, days: int, left_out: Sequence[str]) -> EmailMessage:
    """«Received»: the number, the secret link, what is kept and until when."""
    matter = reported.matter
    link = settings.SITE_URL + f"/m/{reported.token}/"
    lines = [
        _("已收到，编号 %(number)s。") % {"number": matter.number},
        _("凭下面的链接看进度、看答复、作评价，请不要转给别人：") + f"\n{link}",
        *_where_else(mail.text),
        *(_("有照片没有收：%(why)s") % {"why": why} for why in left_out),
        _(
            "您的邮箱加密保存，只用来办理这件事，办结后最多保存 %(days)s 天；"
            "打开链接可以随时下载或删除您的信息。"
        )
        % {"days": days},
        _("补充情况请打开链接写，或者直接回复本邮件。"),
        str(matter.alliance),
    ]
    return _letter(mail, _("已收到：%(number)s") % {"number": matter.number}, lines)


def _where_else(text: str) -> list[str]:
    """The right address, where the words speak of danger or of a legal channel."""
    told = []
    for hint in hints_in(text):
        channels = "；".join(f"{c.name} {c.phone}".strip() for c in hint.advice.channels)
        told.append("\n".join(filter(None, (str(hint.advice.heading), channels))))
    return told


def _letter(mail: Mail, subject: str, lines: Sequence[str]) -> EmailMessage:
    headers = dict(_QUIET)
    if mail.identity and "\n" not in mail.identity:
        headers |= {"In-Reply-To": mail.identity, "References": mail.identity}
    return EmailMessage(subject, "\n\n".join(lines), to=[mail.sender], headers=headers)
