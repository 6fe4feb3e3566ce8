"""Visitors who left a mail address hear when their open day moves or is cancelled."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from binglian.domain.checks.calendar_file import calendar_of
from binglian.domain.checks.models import OpenDay, SignUp

from .signing_up import contact_of

logger = logging.getLogger(__name__)


def tell_visitors(*, limit: int = 200) -> int:
    """Write to those whose day has changed since they last heard; returns how many letters went.

    A row is marked after the mail server took the letter, so a crash tells twice, never nought.
    """
    waiting = SignUp.objects.filter(erased_at=None, told_edition__lt=F("open_day__edition"))
    waiting = waiting.filter(open_day__ends_at__gt=now()).select_related(
        "open_day__project", "open_day__alliance"
    )
    sent = 0
    for row in waiting.order_by("pk")[:limit]:
        address = contact_of(row).get("email", "")
        if address:
            try:
                _letter(row, address).send()
                sent += 1
            except SMTPRecipientsRefused:
                logger.warning("The mail server refused the address of sign-up %s", row.pk)
        row.told_edition = row.open_day.edition
        row.save(update_fields=["told_edition"])
    return sent


def _letter(row: SignUp, address: str) -> EmailMessage:
    day = row.open_day
    with override(row.language or settings.LANGUAGE_CODE):
        facts = {
            "day": day,
            "site": day.project,
            "when": date_format(localtime(day.starts_at), "DATETIME_FORMAT"),
            "where": day.meet_at,
            "why": day.reason,
        }
        if day.state == OpenDay.State.CANCELLED:
            subject = _("已取消：%(day)s")
            text = _("%(site)s的“%(day)s”已取消：%(why)s。您留下的联系方式到期自动删除。")
        else:
            subject = _("有变动：%(day)s")
            text = _("%(site)s的“%(day)s”改在 %(when)s，集合地点：%(where)s。")
        page = f"{settings.SITE_URL}/p/{day.alliance.slug}/open-days/{day.pk}/"
        letter = EmailMessage(
            " ".join((subject % facts).split()), f"{text % facts}\n\n{page}\n", to=[address]
        )
        book = calendar_of(str(day), [day], site=settings.SITE_URL)
    letter.attach("open-day.ics", book, "text/calendar")
    return letter
