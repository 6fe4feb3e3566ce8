"""What is asked of the leads, their answers, and what became of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.governance.actions import answer_decision, withdraw_decision
from binglian.domain.governance.models import Approval, Decision, Lead
from binglian.domain.governance.queries import (
    decisions_visible_to,
    lead_to_answer,
    leads_of,
    may_withdraw,
)
from binglian.domain.governance.reserved import Change, reserved_act
from binglian.domain.ledger.acts import act_label
from binglian.domain.ledger.queries import records_of
from binglian.web.access import alliance_or_404, decisions_of
from binglian.web.paging import page_of

from .forms import AnswerForm


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision as a page shows it."""

    decision: Decision
    label: str
    subject: str
    changes: list[Change]
    #: (lead, its body, its answer or ``None``) of each lead who must approve
    answers: list[tuple[Lead, Organisation, Approval | None]]
    #: the lead the reader can answer for now
    lead: Lead | None = None
    #: working days since it was asked
    waited: int = 0


def shown(decision: Decision, lead: Lead | None = None) -> Shown:
    kind = reserved_act(decision.act)
    given = {answer.lead: answer for answer in decision.approvals.all()}
    since = working_days_between(localdate(decision.asked_at), today()) - 1
    return Shown(
        decision,
        str(kind.label),
        _subject(decision),
        decision.changes_in_words() or kind.changes(decision.object_ids),
        [(one, decision.body_of(one), given.get(one.value)) for one in decision.leads],
        lead,
        max(0, since),
    )


@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for the reader, to be answered on the spot; then every decision, newest first."""
    alliance = alliance_or_404(request, slug)
    context = page_of(request, decisions_visible_to(request.user).filter(alliance=alliance))
    context["rows"] = [shown(decision) for decision in context["rows"]]
    context |= {
        "alliance": alliance,
        "section": "decisions",
        "waiting": [
            shown(decision, lead)
            for decision, lead in decisions_of(request)
            if decision.alliance == alliance
        ],
    }
    return render(request, "governance/decisions.html", context)


def decision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What exactly is asked, the answers so far, and the form for whoever may answer now."""
    alliance = alliance_or_404(request, slug)
    asked = get_object_or_404(decisions_visible_to(request.user), alliance=alliance, pk=pk)
    if request.method == "POST" and not leads_of(request.user, alliance):
        raise PermissionDenied(_("只有牵头单位的代表或其受托人可以答复。"))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        answered = answer_decision(
            decision=asked,
            lead=Lead(answer["lead"]),
            is_yes=answer["answer"] == "yes",
            by=request.user,
            note=answer["note"],
        )
        messages.success(request, _told(answered))
        return redirect("governance:decision", slug, pk)
    context = {
        "alliance": alliance,
        "section": "decisions",
        "one": shown(asked, lead_to_answer(request.user, asked)),
        "object_path": reserved_act(asked.act).path(asked.object_ids),
        "may_withdraw": may_withdraw(request.user, asked),
        "history": [(record, act_label(record.act)) for record in records_of(asked)],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/decision.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The asker takes it back."""
    alliance = alliance_or_404(request, slug)
    asked = get_object_or_404(decisions_visible_to(request.user), alliance=alliance, pk=pk)
    withdraw_decision(decision=asked, by=request.user)
    messages.success(request, _("已撤回，内容没有变动，可以再次提请。"))
    return redirect("governance:decision", slug, pk)


def _subject(decision: Decision) -> str:
    """What tells this decision from others of its kind."""
    first = reserved_act(decision.act).subject(decision.object_ids)
    count = len(decision.object_ids)
    return _("%(first)s等 %(count)s 项") % {"first": first, "count": count} if count > 1 else first


def _told(decision: Decision) -> str:
    if decision.state == Decision.State.IN_FORCE:
        return _("已同意，决定已生效。")
    if decision.state == Decision.State.REFUSED:
        return _("已记录不同意，秘书处会收到通知。")
    return _("已记录同意，等另一个牵头单位答复。")
