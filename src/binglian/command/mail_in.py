"""``binglian mail-in``: take reports in by e-mail, from a mail server's pipe or a mailbox."""

import argparse
import logging
import os
import sys
from typing import TYPE_CHECKING

from . import django_setup
from .acting import alliance_named
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

if TYPE_CHECKING:
    from binglian.domain.alliance.models import Alliance

NAME = "mail-in"
HELP = gettext_noop("接收邮件诉求：从标准输入读一封，或收取一个邮箱")

#: What mail servers understand (sysexits.h): the message is at fault, or it may come again later.
BAD_MESSAGE, TRY_LATER = os.EX_DATAERR, os.EX_TEMPFAIL
logger = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--alliance", required=True, metavar="SLUG", help=_("哪个联盟（网址名）"))
    parser.add_argument(
        "--imap",
        action="store_true",
        help=_("收取 BINGLIAN_IMAP_HOST、_USER、_PASSWORD 所指邮箱的未读邮件"),
    )


def run(args: argparse.Namespace) -> int:
    """Exit status 0 taken in or rightly ignored, 65 no message we read, 75 to be tried again."""
    django_setup.prepare(args.lang)
    from django.db import DatabaseError

    from binglian.domain.matters.mail.reading import MOST_BYTES

    try:
        alliance = alliance_named(args.alliance)
        if args.imap:
            return _collect(alliance)
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        return 0 if _take_in(alliance, content) else BAD_MESSAGE
    except DatabaseError:
        logger.exception("The message was not taken in; the mail server will try again")
        return TRY_LATER


def _take_in(alliance: "Alliance", content: bytes) -> bool:
    """Whether the message was understood. What came of it is told by number, never by sender."""
    from binglian.domain.matters.actions import take_in_mail
    from binglian.domain.refusals import ActionRefused

    try:
        taken = take_in_mail(alliance=alliance, content=content)
    except ActionRefused as refused:
        print(_("没有收：%(why)s") % {"why": refused}, file=sys.stderr)
        return False
    if taken is None:
        print(_("自动邮件或已收过，不处理。"))
        return True
    told = _("已收：诉求 %(number)s") if taken.is_new else _("已收：诉求 %(number)s 的补充")
    print(told % {"number": taken.matter.number})
    if taken.letter is not None:
        try:
            taken.letter.send()
        except OSError:  # the mail server is away; the report is safe
            print(_("回信没有发出，请检查邮件服务器。"), file=sys.stderr)
    return True


def _collect(alliance: "Alliance") -> int:
    """Take every unread message of the mailbox in; what we do not understand stays, flagged."""
    from django.conf import settings

    from .mailbox import unread

    if not settings.IMAP_HOST:
        raise CommandRefused(_("没有设 BINGLIAN_IMAP_HOST：要收取哪个邮箱服务器。"))
    bad = 0
    for message in unread(settings):
        is_understood = _take_in(alliance, message.content)
        message.settle(is_understood)
        bad += not is_understood
    return BAD_MESSAGE if bad else 0
