"""What is kept how long: one table of everything that is erased by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate, now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.actions import discard_old_drafts
from binglian.domain.alliance.actions.imports import DRAFT_DAYS
from binglian.domain.checks.actions import erase_due_sign_ups
from binglian.domain.checks.actions.signing_up import KEPT_DAYS as SIGN_UP_DAYS
from binglian.domain.coupling.actions import erase_due_help
from binglian.domain.coupling.actions.outside import KEPT_DAYS as APPLICATION_DAYS
from binglian.domain.heritage.actions import erase_due_applications
from binglian.domain.ledger.once.actions import FORM_KEPT_FOR, KEPT_FOR, forget_old_answers
from binglian.domain.matters.actions import erase_due_contacts as erase_due_reporters
from binglian.domain.newsroom.actions.importing import IMPORT_DAYS, discard_old_imports
from binglian.domain.openness.actions import erase_due_contacts, forget_unconfirmed
from binglian.domain.openness.actions.asking import KEPT_DAYS as REQUEST_DAYS
from binglian.domain.openness.actions.following import CONFIRM_DAYS

logger = logging.getLogger(__name__)

NOTICE_DAYS, JOB_DAYS = 730, 90


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing; ``erase`` erases what is due and returns how many."""

    name: str
    how_long: str
    erase: Callable[[], int]


def erase_what_is_due() -> dict[str, int]:
    """Everything whose time is over, kind by kind; a kind that fails does not stop the others."""
    erased = {}
    for kind in KINDS:
        try:
            erased[kind.name] = kind.erase()
        except Exception:
            logger.exception("What is due of %s could not be erased; it is tried again", kind.name)
    return erased


def sign_everybody_out() -> None:
    """No session is left, whoever began it and wherever."""
    UserSession.objects.all().delete()
    Session.objects.all().delete()


def _sessions() -> int:
    count, _each = Session.objects.filter(expire_date__lt=now()).delete()
    alive = Session.objects.values("session_key")
    gone, _each = UserSession.objects.exclude(session_key__in=alive).delete()
    return count + gone


def _notices() -> int:
    """Read or not; what has still to go by mail stays."""
    old = Notification.objects.filter(created_at__lt=now() - timedelta(days=NOTICE_DAYS))
    return old.exclude(mailed_at=None, goes_by_mail=True).delete()[0]


def _jobs() -> int:
    ended = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    old = DBTaskResult.objects.filter(status__in=ended)
    return old.filter(finished_at__lt=now() - timedelta(days=JOB_DAYS)).delete()[0]


#: Days are those of `docs/guides/operator.md`; a test compares.
KINDS = (
    Kept("contacts of reporters", "as the alliance sets it, and while the matter is open",
         lambda: erase_due_reporters(today=localdate())),
    Kept("contacts of applicants for space", f"{APPLICATION_DAYS} days",
         lambda: erase_due_applications(today=localdate())),
    Kept("contacts of helpers", f"{APPLICATION_DAYS} days",
         lambda: erase_due_help(today=localdate())),
    Kept("contacts of visitors", f"{SIGN_UP_DAYS} days after the open day",
         lambda: erase_due_sign_ups(today=localdate())),
    Kept("contacts of who asked for information", f"{REQUEST_DAYS} days, and until answered",
         lambda: erase_due_contacts(today=localdate())),
    Kept("addresses of followers not confirmed", f"{CONFIRM_DAYS} days", forget_unconfirmed),
    Kept("uploaded lists not imported", f"{DRAFT_DAYS} days", discard_old_drafts),
    Kept("news pages not imported", f"{IMPORT_DAYS} days", discard_old_imports),
    Kept("answers kept for repeated requests",
         f"{FORM_KEPT_FOR.days} days of forms, {KEPT_FOR.days} of programs", forget_old_answers),
    Kept("sessions", "until they end", _sessions),
    Kept("notices and letters", f"{NOTICE_DAYS} days", _notices),
    Kept("background jobs that ended", f"{JOB_DAYS} days", _jobs),
)  # fmt: skip
