"""The desk answers: for everybody, to the asker alone, or no on a lawful ground; it may extend."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.matters.redaction import refuse_certain
from binglian.domain.openness.models import InformationRequest
from binglian.domain.openness.rules import ground_or_refused
from binglian.domain.refusals import refuse_unless

from .steps import locked, note, require_desk, set_due

State = InformationRequest.State
LONGEST = 6000


@transaction.atomic
def answer_publicly(
    *, request: InformationRequest, public_text: str, answer: str, by: User
) -> InformationRequest:
    """Question and answer become public in these words (公开答复).

    Raises
    ------
    PermissionDenied
        ``by`` does not answer requests here.
    ActionRefused
        Answered before, something is missing, or a number in it is certainly somebody's.
    """
    request = _to_answer(request, answer, by)
    refuse_unless(public_text.strip(), _("请写公开的问题：谁都看得懂，不提是谁问的。"))
    refuse_certain(public_text)
    refuse_certain(answer)
    request.public_text = public_text.strip()
    return _answered(request, State.PUBLIC, answer, by)


@transaction.atomic
def answer_privately(*, request: InformationRequest, answer: str, by: User) -> InformationRequest:
    """Only whoever holds the secret link reads the answer (只答复申请人)."""
    return _answered(_to_answer(request, answer, by), State.PRIVATE, answer, by)


@transaction.atomic
def refuse_request(
    *, request: InformationRequest, ground: str, answer: str, by: User
) -> InformationRequest:
    """No, on a lawful ground, explained to the asker (不予公开). ``ground`` is a code."""
    request = _to_answer(request, answer, by)
    request.ground = ground_or_refused(ground).code
    return _answered(request, State.REFUSED, answer, by)


@transaction.atomic
def extend_request(*, request: InformationRequest, reason: str, by: User) -> InformationRequest:
    """Once more as long, before the time is over, for a reason that the asker reads (延期答复)."""
    request = locked(request)
    require_desk(by, request)
    refuse_unless(request.state == State.WAITING, _("这份申请已经办理。"))
    refuse_unless(reason.strip(), _("请写明为什么延期，申请人会看到。"))
    refuse_unless(request.extended_at is None, _("已延期一次，不能再延。请尽快答复。"))
    refuse_unless(now() <= request.due_at, _("已超过答复期限，不能再延期。请尽快答复。"))
    request.extended_at, request.extension_reason = now(), reason.strip()[:200]
    set_due(request)
    fields = ["extended_at", "extension_reason", "due_at", "is_due_provisional"]
    request.save(update_fields=fields)
    change = {"until": f"{localdate(request.due_at):%Y-%m-%d}", "reason": request.extension_reason}
    note(by, "extended", request, change)
    return request


def _to_answer(request: InformationRequest, answer: str, by: User) -> InformationRequest:
    request = locked(request)
    require_desk(by, request)
    refuse_unless(request.state == State.WAITING, _("这份申请已经办理。"))
    refuse_unless(answer.strip(), _("请写答复，申请人会看到。"))
    too_long = _("太长了，请控制在 %(n)s 字以内。") % {"n": LONGEST}
    refuse_unless(len(answer) <= LONGEST, too_long)
    return request


def _answered(
    request: InformationRequest, state: State, answer: str, by: User
) -> InformationRequest:
    request.state, request.answer, request.answered_at = state, answer.strip(), now()
    request.save(update_fields=["state", "answer", "public_text", "ground", "answered_at"])
    change: dict[str, Any] = {"ground": request.ground} if request.ground else {}
    note(by, _ACTS[state], request, change | {"is_late": request.is_answered_late})
    return request


_ACTS = {
    State.PUBLIC: "answered_publicly",
    State.PRIVATE: "answered_privately",
    State.REFUSED: "refused",
}
