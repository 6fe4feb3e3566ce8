"""The yearly evaluation: drawn up from facts, remarked on, answered, final by both leads."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations, liaison_officers, people_with
from binglian.domain.governance.evaluation_facts import Facts, facts_of
from binglian.domain.governance.models import (
    Decision,
    Evaluation,
    EvaluationRemark,
    EvaluationSheet,
)
from binglian.domain.governance.queries import may_remark, open_decision
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .asking import ask_decision

EVALUATION = "governance.evaluation"
EVALUATION_PUBLICATION = "governance.evaluation_publication"
_TOLD = {
    "drawn_up": gettext_noop("“%(title)s”请贵单位核对事实并说明，%(day)s 截止。"),
    "remarked": gettext_noop("“%(who)s”在“%(title)s”中对贵单位写了一句评语。"),
    "answered": gettext_noop("“%(who)s”已答复“%(title)s”。"),
    "final": gettext_noop("“%(title)s”已经两个牵头单位审定。"),
}
State = Evaluation.State


@transaction.atomic
def draw_up_evaluation(
    *,
    alliance: Alliance,
    title: str,
    from_on: date,
    until_on: date,
    answers_due_on: date,
    by: User,
) -> Evaluation:
    """Count the facts of every member in the period and ask each to look at its own."""
    require_permission(by, Permission.MANAGE_MEETINGS, within=alliance)
    alliance = Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    refuse_unless(title.strip(), _("请写明名称。"))
    refuse_unless(from_on <= until_on, _("起止日期颠倒了。"))
    refuse_unless(until_on < today(), _("评议期须已结束。"))
    refuse_unless(answers_due_on >= today(), _("答复期限不能早于今天。"))
    same = alliance.evaluations.filter(from_on=from_on, until_on=until_on).exists()
    refuse_unless(not same, _("这一评议期已有一份评议。"))
    evaluation = Evaluation.objects.create(
        alliance=alliance,
        title=title.strip(),
        from_on=from_on,
        until_on=until_on,
        answers_due_on=answers_due_on,
        drawn_up_by=by,
    )
    record(
        by,
        "evaluation.drawn_up",
        evaluation,
        within=alliance,
        change={"from": from_on, "until": until_on},
    )
    known = facts_of(alliance, from_on, until_on)
    for organisation in admitted_organisations(alliance):
        facts = known.get(organisation.pk, Facts())
        EvaluationSheet.objects.create(
            evaluation=evaluation, organisation=organisation, facts=asdict(facts)
        )
        _tell(evaluation, organisation, "drawn_up", {"day": answers_due_on})
    return evaluation


@transaction.atomic
def remark_on(
    *, sheet: EvaluationSheet, organisation: Organisation, text: str, by: User
) -> EvaluationRemark:
    """The other side of a commitment writes one line; writing again replaces it."""
    evaluation = _open(sheet)
    seat = evaluation.alliance.seat_of(organisation)
    require_permission(by, Permission.EVALUATE, within=seat)
    refuse_unless(organisation != sheet.organisation, _("不能给自己写评语。"))
    refuse_unless(may_remark(sheet, organisation), _("评议期内与该单位没有承诺往来，不写评语。"))
    refuse_unless(text.strip(), _("请写一句评语。"))
    remark, is_new = EvaluationRemark.objects.update_or_create(
        sheet=sheet,
        organisation=organisation,
        defaults={"text": text.strip(), "written_by": by},
    )
    change = {"of": sheet.organisation.name, "text": remark.text}
    record(
        by,
        "evaluation.remarked",
        sheet,
        within=evaluation.alliance,
        organisation=organisation,
        change=change,
    )
    if is_new:
        facts = {"who": organisation.name}
        _tell(evaluation, sheet.organisation, "remarked", facts, f":{remark.pk}")
    return remark


@transaction.atomic
def answer_evaluation(*, sheet: EvaluationSheet, text: str, by: User) -> EvaluationSheet:
    """The member says it has read its sheet, and what it wants said; can be changed until asked."""
    evaluation = _open(sheet)
    seat = evaluation.alliance.seat_of(sheet.organisation)
    require_permission(by, Permission.EVALUATE, within=seat)
    sheet = EvaluationSheet.objects.select_for_update().get(pk=sheet.pk)
    sheet.answer, sheet.answered_by, sheet.answered_at = text.strip(), by, now()
    sheet.save()
    record(
        by,
        "evaluation.answered",
        sheet,
        within=evaluation.alliance,
        organisation=sheet.organisation,
        change={"text": sheet.answer},
    )
    notify(
        people_with(evaluation.alliance, Role.SECRETARIAT),
        key=f"evaluation:{evaluation.pk}:answered:{sheet.pk}",
        message=_TOLD["answered"],
        facts={"who": sheet.organisation.name, "title": evaluation.title},
        url=_path(evaluation),
    )
    return sheet


def ask_evaluation(*, evaluation: Evaluation, by: User) -> Decision:
    """Put the evaluation before both leads, once everybody had the time to answer."""
    with transaction.atomic():
        evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        require_permission(by, Permission.MANAGE_MEETINGS, within=evaluation.alliance)
        refuse_unless(evaluation.state == State.OPEN, _("已审定。"))
        waiting = evaluation.sheets.filter(answered_at=None).count()
        refuse_unless(
            not waiting or evaluation.answers_due_on < today(),
            _("还有 %(count)s 个单位没有答复，答复期限 %(day)s。")
            % {"count": waiting, "day": evaluation.answers_due_on},
        )
        return _ask(evaluation, EVALUATION, by)


def ask_evaluation_publication(*, evaluation: Evaluation, by: User) -> Decision:
    """Ask both leads whether the public may read it."""
    with transaction.atomic():
        evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        refuse_unless(evaluation.state == State.FINAL, _("审定之后才能提请对外公布。"))
        refuse_unless(not evaluation.is_public, _("已对外公布。"))
        return _ask(evaluation, EVALUATION_PUBLICATION, by)


@transaction.atomic
def settle_evaluation(*, evaluation_id: int) -> Evaluation:
    """Both leads have approved: nothing in it changes any more."""
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation_id)
    refuse_unless(evaluation.state != State.FINAL, _("已审定。"))
    evaluation.state, evaluation.settled_at = State.FINAL, now()
    evaluation.save(update_fields=["state", "settled_at"])
    record(None, "evaluation.final", evaluation, within=evaluation.alliance)
    for sheet in evaluation.sheets.select_related("organisation"):
        _tell(evaluation, sheet.organisation, "final", {})
    return evaluation


@transaction.atomic
def publish_evaluation(*, evaluation_id: int) -> Evaluation:
    """Both leads have approved: the public may read it."""
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation_id)
    refuse_unless(evaluation.state == State.FINAL, _("审定之后才能对外公布。"))
    evaluation.is_public = True
    evaluation.save(update_fields=["is_public"])
    record(None, "evaluation.published", evaluation, within=evaluation.alliance)
    return evaluation


def _ask(evaluation: Evaluation, act: str, by: User) -> Decision:
    return ask_decision(
        alliance=evaluation.alliance,
        act=act,
        object_ids=[evaluation.pk],
        by=by,
        permission=Permission.MANAGE_MEETINGS,
    )


def _open(sheet: EvaluationSheet) -> Evaluation:
    evaluation = Evaluation.objects.select_for_update().get(pk=sheet.evaluation_id)
    asked = open_decision(evaluation.alliance, EVALUATION, evaluation.pk)
    is_open = evaluation.state == State.OPEN and not asked
    refuse_unless(is_open, _("评议已提请审定，不能再改。"))
    return evaluation


def _tell(
    evaluation: Evaluation,
    organisation: Organisation,
    what: str,
    facts: Mapping[str, object],
    key: str = "",
) -> None:
    notify(
        liaison_officers(evaluation.alliance, organisation),
        key=f"evaluation:{evaluation.pk}:{what}{key}",
        message=_TOLD[what],
        facts={"title": evaluation.title, **facts},
        url=_path(evaluation),
    )


def _path(evaluation: Evaluation) -> str:
    return f"/a/{evaluation.alliance.slug}/evaluations/{evaluation.pk}/"
