"""What was asked of both leads, and their answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Decision, Lead
from binglian.domain.governance.queries import decisions_visible_to, leads_of
from binglian.domain.governance.reserved import reserved_act
from binglian.web.access import alliance_or_404
from binglian.web.paging import page_of

from .forms import AnswerForm


@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of the alliance, newest first."""
    alliance = alliance_or_404(request, slug)
    context = page_of(request, decisions_visible_to(request.user).filter(alliance=alliance))
    context["rows"] = [
        (decision, reserved_act(decision.act).label, _subject(decision), _answers(decision))
        for decision in context["rows"]
    ]
    context |= {"alliance": alliance, "section": "decisions"}
    return render(request, "governance/decisions.html", context)


def decision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What exactly is asked, both answers, and the form for whoever may answer now."""
    alliance = alliance_or_404(request, slug)
    asked = get_object_or_404(decisions_visible_to(request.user), alliance=alliance, pk=pk)
    if request.method == "POST" and not leads_of(request.user, alliance):
        raise PermissionDenied(_("只有两个牵头单位的代表可以答复。"))
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
    kind = reserved_act(asked.act)
    context = {
        "alliance": alliance,
        "section": "decisions",
        "decision": asked,
        "label": kind.label,
        "changes": asked.changes_in_words() or kind.changes(asked.object_ids),
        "object_path": kind.path(asked.object_ids),
        "answers": _answers(asked),
        "lead": _lead_to_answer(request, asked),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/decision.html", context, status=status)


def _subject(decision: Decision) -> str:
    """What tells this decision from others of its kind."""
    first = reserved_act(decision.act).subject(decision.object_ids)
    count = len(decision.object_ids)
    return _("%(first)s等 %(count)s 项") % {"first": first, "count": count} if count > 1 else first


def _answers(decision: Decision) -> list[tuple[Lead, object, object]]:
    """(lead, its body, its answer or ``None``) for both cores."""
    given = {answer.lead: answer for answer in decision.approvals.all()}
    alliance = decision.alliance
    bodies = {Lead.A: alliance.lead_a, Lead.B: alliance.lead_b}
    return [(lead, bodies[lead], given.get(lead.value)) for lead in Lead]


def _lead_to_answer(request: HttpRequest, decision: Decision) -> Lead | None:
    """For which core the reader can answer now, if any."""
    if decision.state != Decision.State.ASKED:
        return None
    given = list(decision.approvals.all())
    if any(answer.by_id == request.user.pk for answer in given):
        return None
    answered = {answer.lead for answer in given}
    free = [
        lead for lead in leads_of(request.user, decision.alliance) if lead.value not in answered
    ]
    return free[0] if free else None


def _told(decision: Decision) -> str:
    if decision.state == Decision.State.IN_FORCE:
        return _("两个牵头单位均已同意，决定已生效。")
    if decision.state == Decision.State.REFUSED:
        return _("已记录不同意，秘书处会收到通知。")
    return _("已记录同意，等另一个牵头单位答复。")
