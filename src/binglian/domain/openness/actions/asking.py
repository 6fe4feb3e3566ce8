"""What whoever asks may do without an account: ask, and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.sealing import seal
from binglian.domain.accounts.tokens import digest_of, new_token
from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.facts import Asked
from binglian.domain.openness.models import InformationRequest
from binglian.domain.refusals import refuse_unless

from .contacts import bound_to, erase
from .steps import locked, note, set_due, tell_desk

State = InformationRequest.State
#: Days after which the contact is erased; an open request keeps it until answered.
KEPT_DAYS = 180
LONGEST = 2000
_NEW = gettext_noop("收到信息公开申请 %(number)s，须在 %(until)s 前答复。")


@transaction.atomic
def ask_for_information(
    *, alliance: Alliance, asked: Asked, doubts: Sequence[str] = ()
) -> tuple[InformationRequest, str]:
    """Take a request in from anybody; returns it with its secret, told once.

    Raises
    ------
    ActionRefused
        Nothing or too much was written, or a contact was left without agreeing that it is kept.
    """
    text = asked.text.strip()
    refuse_unless(text, _("请写想了解什么。"))
    refuse_unless(len(text) <= LONGEST, _("太长了，请控制在 %(n)s 字以内。") % {"n": LONGEST})
    contact = {name: value.strip() for name, value in asked.contact.items() if value.strip()}
    refuse_unless(not contact or asked.consent_text.strip(), _("保存联系方式须先征得同意。"))
    came_at = asked.came_at or now()
    refuse_unless(came_at <= now(), _("收到时间不能在将来。"))
    # Numbers are given out one at a time.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    token = new_token()
    request = InformationRequest(
        alliance=alliance,
        number=f"G-{alliance.information_requests.count() + 1:04d}",
        text=text,
        doubts="、".join(doubts)[:200],
        token_digest=digest_of(token),
        consent_text=asked.consent_text.strip() if contact else "",
        received_at=came_at,
        erase_on=localdate() + timedelta(days=KEPT_DAYS),
    )
    set_due(request)
    if not contact:
        request.erased_at = now()
    request.save()
    if contact:
        request.sealed = seal(contact, bound_to(request))
        request.save(update_fields=["sealed"])
    note(None, "received", request, {"due": str(request.due_at), "doubts": list(doubts)})
    tell_desk(request, "new", _NEW, until=f"{localdate(request.due_at):%Y-%m-%d}")
    return request, token


@transaction.atomic
def withdraw_request(*, request: InformationRequest) -> InformationRequest:
    """Whoever holds the secret link takes it back: their words and contact are gone at once.

    What was made public stays public: it belongs to everybody, and names nobody.
    """
    request = locked(request)
    refuse_unless(request.state != State.WITHDRAWN, _("已经撤回。"))
    if request.state == State.WAITING:
        request.state = State.WITHDRAWN
    request.text = ""
    request.save(update_fields=["state", "text"])
    erase(request)
    note(None, "withdrawn", request)
    return request
