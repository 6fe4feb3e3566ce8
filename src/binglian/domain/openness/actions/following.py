"""Following a topic by mail: asked for, confirmed by the letter's link, left by one click."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.sealing import fingerprint, seal, unseal
from binglian.domain.accounts.tokens import digest_of, new_token
from binglian.domain.ledger.actions import record
from binglian.domain.openness.models import Follower
from binglian.domain.openness.topics import Topic
from binglian.domain.refusals import refuse_unless

State = Follower.State
#: Days in which the letter's link is to be opened; then the address is erased.
CONFIRM_DAYS = 3
#: An address that never asked for it is not flooded with letters of ours.
MOST_UNCONFIRMED = 5


@transaction.atomic
def ask_to_follow(*, topic: Topic, email: str, consent_text: str, language: str) -> None:
    """A letter goes to the address; nothing follows before its link was opened.

    Says nothing of whether the address follows already: that is nobody else's business.

    Raises
    ------
    ActionRefused
        No address, or no consent that it is kept.
    """
    email = email.strip()
    refuse_unless(email, _("请写电子邮箱。"))
    refuse_unless(consent_text.strip(), _("保存联系方式须先征得同意。"))
    mark = fingerprint(email.lower())
    waiting = Follower.objects.filter(fingerprint=mark, state=State.ASKED).count()
    known = Follower.objects.filter(alliance=topic.alliance, topic=topic.key, fingerprint=mark)
    if known.exists() or waiting >= MOST_UNCONFIRMED:
        return
    token = new_token()
    row = Follower.objects.create(
        alliance=topic.alliance,
        topic=topic.key,
        language=language,
        token_digest=digest_of(token),
        fingerprint=mark,
        consent_text=consent_text.strip(),
        asked_at=now(),
    )
    row.sealed = seal({"email": email, "token": token}, _bound_to(row))
    row.save(update_fields=["sealed"])
    record(None, "follower.asked", row, within=row.alliance, change={"topic": row.topic})


@transaction.atomic
def confirm_following(*, follower: Follower) -> Follower:
    """Whoever holds the link wants the letters (确认关注); news count from now on."""
    row = _locked(follower)
    refuse_unless(row.state != State.LEFT, _("已退订，邮箱已删除。想再关注，请重新填写。"))
    if row.state == State.ASKED:
        row.state, row.confirmed_at, row.told_until = State.CONFIRMED, now(), now()
        row.save(update_fields=["state", "confirmed_at", "told_until"])
        record(None, "follower.confirmed", row, within=row.alliance)
    return row


@transaction.atomic
def leave(*, follower: Follower) -> Follower:
    """No more letters, and the address is gone at once (退订); again, it changes nothing."""
    row = _locked(follower)
    if row.state != State.LEFT:
        _erase(row, "left")
    return row


def forget_unconfirmed() -> int:
    """The clock erases addresses whose holders did not answer; returns how many."""
    before = now() - timedelta(days=CONFIRM_DAYS)
    rows = Follower.objects.filter(state=State.ASKED, asked_at__lt=before)
    return sum(_forgotten(row) for row in rows)


@transaction.atomic
def _forgotten(follower: Follower) -> bool:
    row = _locked(follower)
    if row.state != State.ASKED:
        return False
    _erase(row, "forgotten")
    return True


def address_of(follower: Follower) -> tuple[str, str]:
    """The address, and the secret that its letters hold."""
    told = unseal(bytes(follower.sealed), _bound_to(follower))
    return told["email"], told["token"]


def _erase(row: Follower, what: str) -> None:
    row.state, row.left_at, row.sealed, row.fingerprint = State.LEFT, now(), b"", ""
    row.save(update_fields=["state", "left_at", "sealed", "fingerprint"])
    record(None, f"follower.{what}", row, within=row.alliance)


def _locked(follower: Follower) -> Follower:
    rows = Follower.objects.select_for_update(of=("self",))
    return rows.select_related("alliance").get(pk=follower.pk)


def _bound_to(row: Follower) -> str:
    """A sealed address moved to another row does not open."""
    return f"follower:{row.pk}"
