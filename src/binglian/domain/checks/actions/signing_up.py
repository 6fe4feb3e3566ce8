"""Anybody signs up for an open day; the contact is encrypted, told to few, and erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.sealing import seal, unseal
from binglian.domain.accounts.tokens import digest_of, new_token
from binglian.domain.checks.models import OpenDay, SignUp
from binglian.domain.projects.queries import public_projects
from binglian.domain.refusals import refuse_unless

from .open_days import locked_day
from .steps import note, require_keeping

#: Days after the open day on which contacts are erased.
KEPT_DAYS = 30
#: So that one person does not take all places.
MOST_PEOPLE = 5


@transaction.atomic
def sign_up(
    *,
    open_day: OpenDay,
    people: int,
    contact: Mapping[str, str],
    consent_text: str,
    doubts: Sequence[str] = (),
) -> tuple[SignUp, str]:
    """Take places for so many people; ``contact`` is {phone, email}, at least one of them.

    Returns the sign-up with its secret, told once.

    Raises
    ------
    ActionRefused
        Fewer places left than people, not open to the public any more, begun, or no way to
        reach anybody, or too many at once.
    """
    open_day = locked_day(open_day)
    is_public = public_projects().filter(pk=open_day.project_id).exists()
    is_open = is_public and open_day.state == OpenDay.State.ANNOUNCED
    refuse_unless(is_open and open_day.starts_at > now(), _("这个开放日已不接受报名。"))
    refuse_unless(
        0 < people <= MOST_PEOPLE, _("一次可报 1 到 %(most)s 人。") % {"most": MOST_PEOPLE}
    )
    if open_day.left < people:
        refuse_unless(open_day.left, _("名额已满。有人取消时会空出来，可稍后再看。"))
        refuse_unless(False, _("只剩 %(left)s 个名额。") % {"left": open_day.left})
    kept = {name: value.strip() for name, value in contact.items() if value.strip()}
    refuse_unless(kept.get("phone") or kept.get("email"), _("请留手机或邮箱，有变动好告诉您。"))
    refuse_unless(consent_text.strip(), _("保存联系方式须先征得同意。"))
    token = new_token()
    row = SignUp.objects.create(
        open_day=open_day,
        people=people,
        doubts="、".join(doubts)[:200],
        token_digest=digest_of(token),
        consent_text=consent_text.strip(),
        language=get_language() or "",
        told_edition=open_day.edition,
        erase_on=localdate(open_day.ends_at) + timedelta(days=KEPT_DAYS),
    )
    row.sealed = seal(kept, _bound_to(row))
    row.save(update_fields=["sealed"])
    _take(open_day, people)
    change = {"people": people, "doubts": list(doubts)}
    note(None, "sign_up.received", row, open_day.project, change)
    return row, token


@transaction.atomic
def withdraw_sign_up(*, row: SignUp, by: User | None = None, reason: str = "") -> SignUp:
    """Whoever holds the secret link stays away, or the desk takes a machine's sign-up off.

    The places are free again and the contact is gone at once. The desk (``by``) says why.
    """
    open_day = locked_day(row.open_day)
    row = SignUp.objects.get(pk=row.pk)
    if by is not None:
        require_keeping(by, open_day.project)
        refuse_unless(reason.strip(), _("请写明原因，报名的人会看到。"))
    refuse_unless(row.withdrawn_at is None, _("已经取消。"))
    refuse_unless(open_day.starts_at > now(), _("开放日已开始，不用再取消。"))
    row.withdrawn_at, row.reason = now(), reason.strip()[:200]
    _erase(row)
    _take(open_day, -row.people)
    note(by, "sign_up.withdrawn", row, open_day.project, {"people": row.people})
    return row


@transaction.atomic
def read_sign_up_contacts(
    *, open_day: OpenDay, reason: str, by: User
) -> list[tuple[SignUp, dict[str, str]]]:
    """How to reach those who come: each with {phone, email}; the look is on record with why."""
    open_day = locked_day(open_day)
    require_keeping(by, open_day.project)
    refuse_unless(reason.strip(), _("请写明为什么查看联系方式。"))
    change = {"reason": reason.strip()[:120]}
    note(by, "sign_up.contacts_read", open_day, open_day.project, change)
    return [(row, contact_of(row)) for row in open_day.sign_ups.filter(erased_at=None)]


def contact_of(row: SignUp) -> dict[str, str]:
    return unseal(bytes(row.sealed), _bound_to(row))


def erase_due_sign_ups(*, today: date) -> int:
    """The clock erases contacts thirty days after the open day; returns how many."""
    due = SignUp.objects.filter(erased_at=None, erase_on__lte=today)
    return sum(erase_sign_up(row) for row in due)


@transaction.atomic
def erase_sign_up(row: SignUp) -> bool:
    """The contact is gone; ``False`` where it was gone before."""
    open_day = locked_day(row.open_day)
    row = SignUp.objects.get(pk=row.pk)
    if row.erased_at is not None:
        return False
    _erase(row)
    note(None, "sign_up.erased", row, open_day.project)
    return True


def _erase(row: SignUp) -> None:
    row.sealed, row.erased_at = b"", now()
    row.save()


def _take(open_day: OpenDay, people: int) -> None:
    open_day.taken += people
    open_day.save(update_fields=["taken"])


def _bound_to(row: SignUp) -> str:
    """A sealed contact moved to another row does not open."""
    return f"sign_up:{row.pk}"
