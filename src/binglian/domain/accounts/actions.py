"""Changes to accounts. Acts on seats are recorded by the subject that grants the seat."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from binglian.domain.refusals import refuse_unless

from .letters import Letter
from .models import Notification, User
from .queries import waiting_mail

logger = logging.getLogger(__name__)

#: What an iCalendar message asks for must stand in the mail's header too (RFC 6047).
_METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


@transaction.atomic
def create_user(
    *,
    username: str,
    email: str = "",
    display_name: str = "",
    password: str | None = None,
    platform_role: str = "",
) -> User:
    """Open an account. Without a password the person sets one by the reset link.

    Raises
    ------
    ActionRefused
        The user name or the e-mail address is taken.
    """
    taken = User.objects.filter(username__iexact=username).exists()
    refuse_unless(not taken, _("用户名“%(name)s”已被使用，请换一个。") % {"name": username})
    known = email and User.objects.filter(email__iexact=email).exists()
    refuse_unless(not known, _("邮箱“%(email)s”已有账号，请直接登录。") % {"email": email})
    user = User(
        username=username,
        email=email,
        display_name=display_name or username,
        platform_role=platform_role,
    )
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    user.save()
    return user


def change_preferences(*, by: User, language: str, has_care_mode: bool) -> None:
    """Keep the person's own language and type size with the account."""
    by.language, by.has_care_mode = language, has_care_mode
    by.save(update_fields=["language", "has_care_mode"])


def choose_weekly_letter(*, by: User, is_wanted: bool) -> None:
    """Whether the person's week is told by mail as well; the inbox tells it anyhow."""
    by.has_weekly_letter = is_wanted
    by.save(update_fields=["has_weekly_letter"])


def notify(
    users: Iterable[User],
    *,
    key: str,
    message: str,
    facts: Mapping[str, Any],
    url: str,
    calendar: Callable[[User], str] | None = None,
    letter: Letter | None = None,
    goes_by_mail: bool = True,
) -> int:
    """Tell each person once per ``key``; ``message`` is a Chinese source sentence with ``%(…)s``.

    ``calendar`` gives the iCalendar message that goes with a person's mail; the mail itself is
    ``letter``, if there is one. Returns how many were told for the first time.
    """
    texts = _in_both_languages(message, facts)
    defaults = {
        **texts,
        "url": url,
        "letter": letter.body if letter else "",
        "goes_by_mail": goes_by_mail,
    }
    told = 0
    for user in users:
        invitation = letter.calendar if letter else ""
        if calendar and user.email:
            with override(user.language or settings.LANGUAGE_CODE):
                invitation = calendar(user)
        _row, is_new = Notification.objects.get_or_create(
            user=user, key=key, defaults={**defaults, "calendar": invitation}
        )
        told += is_new
    return told


def notify_address(
    address: str, *, key: str, message: str, facts: Mapping[str, Any], url: str
) -> int:
    """Tell an office by its e-mail address, once per ``key``; in the inbox too if it has one."""
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    if user:
        return notify([user], key=key, message=message, facts=facts, url=url)
    texts = _in_both_languages(message, facts)
    _row, is_new = Notification.objects.get_or_create(
        user=None, address=address, key=key, defaults={**texts, "url": url}
    )
    return int(is_new)


def _in_both_languages(message: str, facts: Mapping[str, Any]) -> dict[str, str]:
    texts = {}
    for language, field in (("zh-hans", "text_zh"), ("en", "text_en")):
        with override(language):
            texts[field] = (gettext(message) % facts)[:400]
    return texts


def mark_notifications_read(*, by: User) -> None:
    """Everything in the person's inbox has been seen."""
    by.notifications.filter(read_at=None).update(read_at=now())


def send_waiting_mail(*, limit: int = 200) -> int:
    """Send notifications not yet mailed, oldest first; returns how many went out.

    A message is marked only after the mail server took it, so a crash sends twice, never nought.
    An address that the server refuses does not hold up the others.
    """
    sent = 0
    for notice in waiting_mail().select_related("user").order_by("id")[:limit]:
        is_english = notice.user is not None and notice.user.language == "en"
        text = notice.text_en if is_english else notice.text_zh
        message = EmailMultiAlternatives(
            # Names typed outside may hold line breaks, which no header may.
            subject=" ".join(text.split())[:80],
            body=notice.letter or f"{text}\n\n{settings.SITE_URL}{notice.url}\n",
            to=[notice.user.email if notice.user else notice.address],
        )
        if notice.calendar:
            if notice.letter:
                message.attach("calendar.ics", notice.calendar, "text/calendar")
            else:
                method = _METHOD.search(notice.calendar)
                kind = f"text/calendar; method={method[1] if method else 'PUBLISH'}"
                message.attach_alternative(notice.calendar, kind)
        try:
            message.send()
        except SMTPRecipientsRefused:
            logger.warning("The mail server refused the address of notification %s", notice.pk)
            continue
        notice.mailed_at, notice.letter, notice.calendar = now(), "", ""
        notice.save(update_fields=["mailed_at", "letter", "calendar"])
        sent += 1
    return sent
