"""What can be done with a finding: who may, when, what is typed, what happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.checks import actions
from binglian.domain.checks.models import Finding, StopOrder
from binglian.domain.checks.recusal import own_part_in
from binglian.web.access import may, may_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

State, Order = Finding.State, StopOrder.State


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its button, the fields it takes, and whether it is possible now."""

    label: StrPromise
    do: Callable[..., Any]
    is_possible: Callable[[HttpRequest, Finding, StopOrder | None], bool]
    fields: tuple[str, ...] = ()
    #: What is asked for as ``words``, and under which name the action takes it.
    words: StrPromise | str = ""
    words_as: str = "words"
    on_order: bool = False
    may_skip_words: bool = False
    is_pressing: bool = False


def inspects(request: HttpRequest, finding: Finding) -> bool:
    """May inspect, and has no part in the works."""
    if not may(request, Permission.INSPECT, finding.project.alliance):
        return False
    return own_part_in(request.user, finding.project, finding.organisation) is None


def _fixes(request: HttpRequest, finding: Finding) -> bool:
    alliance = finding.project.alliance
    return may_for(request, Permission.REPORT_FROM_SITE, alliance, finding.organisation)


def _fixing(*states: Finding.State) -> Callable[..., bool]:
    def is_possible(request: HttpRequest, finding: Finding, _order: StopOrder | None) -> bool:
        return finding.state in states and _fixes(request, finding)

    return is_possible


def _rechecking(request: HttpRequest, finding: Finding, _order: StopOrder | None) -> bool:
    is_another = request.user.pk not in (finding.issued_by_id, finding.reported_by_id)
    return finding.state == State.REPORTED and is_another and inspects(request, finding)


def _stopping(request: HttpRequest, finding: Finding, order: StopOrder | None) -> bool:
    return order is None and finding.state != State.CLOSED and inspects(request, finding)


def _asking(request: HttpRequest, finding: Finding, order: StopOrder | None) -> bool:
    is_due = order is not None and order.state == Order.IN_FORCE
    return is_due and finding.state == State.CLOSED and _fixes(request, finding)


def _consenting(request: HttpRequest, finding: Finding, order: StopOrder | None) -> bool:
    if order is None or order.state != Order.ASKED:
        return False
    return order.asked_by_id != request.user.pk and inspects(request, finding)


def _reopening(request: HttpRequest, finding: Finding, _order: StopOrder | None) -> bool:
    return finding.state == State.CLOSED and inspects(request, finding)


ACTS: dict[str, Act] = {
    "receive": Act(_("签收"), actions.receive_finding, _fixing(State.ISSUED), is_pressing=True),
    "fix": Act(
        _("定责整改"),
        actions.fix_responsibility,
        _fixing(State.RECEIVED, State.RETURNED),
        ("post", "duty", "measure"),
        is_pressing=True,
    ),
    "report": Act(
        _("报告整改完成"),
        actions.report_fixed,
        _fixing(State.FIXING),
        ("words", "photos"),
        _("怎样整改的"),
        is_pressing=True,
    ),
    "close": Act(
        _("复查合格，销号"),
        actions.close_finding,
        _rechecking,
        ("words", "photos"),
        _("复查看到了什么"),
        is_pressing=True,
    ),
    "return": Act(
        _("复查不合格，退回"),
        actions.return_finding,
        _rechecking,
        ("words", "due_on", "photos"),
        _("哪里还不到位"),
        "why",
        is_pressing=True,
    ),
    "ask-to-resume": Act(
        _("申请复工"),
        actions.ask_to_resume,
        _asking,
        ("words",),
        _("可以复工的理由"),
        on_order=True,
        is_pressing=True,
    ),
    "consent": Act(
        _("同意复工"),
        actions.consent_to_resume,
        _consenting,
        ("words",),
        _("核查看到了什么"),
        on_order=True,
        is_pressing=True,
    ),
    "refuse": Act(
        _("不同意复工"),
        actions.refuse_to_resume,
        _consenting,
        ("words",),
        _("为什么还不能复工"),
        "why",
        on_order=True,
        is_pressing=True,
    ),
    "stop": Act(_("责令停工"), actions.order_stop, _stopping, ("scope", "tasks")),
    "reopen": Act(
        _("又发现了，重开"),
        actions.reopen_finding,
        _reopening,
        ("words", "due_on", "photos"),
        _("又发现了什么"),
        "what",
    ),
}


def acts_for(
    request: HttpRequest, finding: Finding, order: StopOrder | None
) -> list[tuple[str, Act]]:
    """What the reader can do with it now, the most pressing first."""
    return [(code, act) for code, act in ACTS.items() if act.is_possible(request, finding, order)]
