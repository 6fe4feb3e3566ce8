"""Work is stopped because of a finding, and goes on only when somebody else consents."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.queries import people_with
from binglian.domain.checks.models import Finding, FindingStep, StopOrder
from binglian.domain.projects.models import Task
from binglian.domain.refusals import refuse_unless

from .finding_steps import (
    locked,
    require_inspecting,
    require_rectifying,
    require_words,
    take_step,
    tell,
    tell_responsible,
)

State, What = StopOrder.State, FindingStep.What
_STOPPED = gettext_noop("责令停工（%(number)s）：%(scope)s。同意复工前不得施工。")
_ASKED = gettext_noop("%(project)s 申请复工（%(number)s），请核查后答复。")
_REFUSED = gettext_noop("不同意复工（%(number)s）：%(why)s")
_RESUMED = gettext_noop("同意复工（%(number)s）：%(scope)s。")


@transaction.atomic
def order_stop(*, finding: Finding, scope: str, tasks: Iterable[Task] = (), by: User) -> StopOrder:
    """Order that work stands still (责令停工); on its tasks no progress can be reported.

    Without ``tasks`` the order is for everything on the site that is no approval.
    """
    finding = locked(finding)
    require_inspecting(by, finding)
    is_open = finding.state != Finding.State.CLOSED
    refuse_unless(is_open, _("问题已销号，不能再责令停工；又出现了请先重开。"))
    scope = require_words(scope, _("请写明停工范围。"))[:200]
    chosen = list(tasks)
    own = {task.project_id for task in chosen} <= {finding.project_id}
    refuse_unless(own, _("只能停本项目的任务。"))
    standing = finding.stop_orders.exclude(state=State.LIFTED).exists()
    refuse_unless(not standing, _("这个问题已有停工令。"))
    order = StopOrder.objects.create(finding=finding, scope=scope, ordered_by=by)
    order.tasks.set(chosen)
    take_step(finding, What.STOPPED, by, scope, tasks=[task.number for task in chosen])
    tell_responsible(finding, _STOPPED, scope=scope)
    leads = people_with(finding.project.alliance, *LEADS, Role.SECRETARIAT)
    tell(finding, leads, _STOPPED, scope=scope)
    return order


@transaction.atomic
def ask_to_resume(*, order: StopOrder, words: str, by: User) -> StopOrder:
    """The responsible organisation asks to go on (申请复工) once its finding is closed."""
    finding, order = _locked(order)
    require_rectifying(by, finding)
    _require_state(order, State.IN_FORCE)
    is_closed = finding.state == Finding.State.CLOSED
    refuse_unless(is_closed, _("请先整改、复查销号，再申请复工。"))
    words = require_words(words, _("请写明可以复工的理由。"))
    order.state, order.asked_by = State.ASKED, by
    order.save(update_fields=["state", "asked_by"])
    take_step(finding, What.ASKED, by, words)
    tell(finding, people_with(finding.project.alliance, Role.INSPECTOR), _ASKED)
    return order


@transaction.atomic
def consent_to_resume(*, order: StopOrder, words: str, by: User) -> StopOrder:
    """Another person has looked and consents (同意复工): work goes on."""
    finding, order = _asked(order, by)
    is_closed = finding.state == Finding.State.CLOSED
    refuse_unless(is_closed, _("问题又重开了，须先复查销号。"))
    order.state, order.lifted_by, order.lifted_at = State.LIFTED, by, now()
    order.save(update_fields=["state", "lifted_by", "lifted_at"])
    take_step(finding, What.RESUMED, by, words.strip())
    tell_responsible(finding, _RESUMED, scope=order.scope)
    return order


@transaction.atomic
def refuse_to_resume(*, order: StopOrder, why: str, by: User) -> StopOrder:
    """Not yet, and why (不同意复工): the order stands as before."""
    finding, order = _asked(order, by)
    why = require_words(why, _("请写明为什么还不能复工。"))
    order.state, order.asked_by = State.IN_FORCE, None
    order.save(update_fields=["state", "asked_by"])
    take_step(finding, What.REFUSED, by, why)
    tell_responsible(finding, _REFUSED, why=why)
    return order


def _asked(order: StopOrder, by: User) -> tuple[Finding, StopOrder]:
    finding, order = _locked(order)
    require_inspecting(by, finding)
    _require_state(order, State.ASKED)
    refuse_unless(order.asked_by_id != by.pk, _("申请复工的人不能自己同意。"))
    return finding, order


def _locked(order: StopOrder) -> tuple[Finding, StopOrder]:
    finding = locked(order.finding)
    return finding, StopOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)


def _require_state(order: StopOrder, state: StopOrder.State) -> None:
    refuse_unless(
        order.state == state,
        _("停工令现为“%(state)s”，不能这样做。") % {"state": order.get_state_display()},
    )
