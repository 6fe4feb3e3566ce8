"""A network is kept and begins another project."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.actions import apply_template, keep_template
from binglian.domain.refusals import ActionRefused


def test_a_project_begun_with_a_template_has_the_same_plan(
    underground, make_project, giver, planned
):
    template = keep_template(project=underground, by=giver, title="地下综合体标准流程")
    other = make_project()

    apply_template(project=other, template=template, by=giver)

    plan = planned(other)
    assert (plan.serial_days, plan.working_days) == (216, 71)
    assert other.tasks.get(number="14").organisation == other.owner
    assert other.tasks.get(number="20").item == underground.tasks.get(number="20").item


@pytest.mark.parametrize("persona", ["receiver", "lead_a", "viewer", "outsider"])
def test_only_the_owner_and_the_secretariat_keep_a_template(underground, persona, request):
    with pytest.raises(PermissionDenied):
        keep_template(project=underground, by=request.getfixturevalue(persona), title="流程")


def test_a_template_has_a_title_and_tasks(underground, make_project, giver):
    with pytest.raises(ActionRefused, match="请填写模板名称"):
        keep_template(project=underground, by=giver, title=" ")
    with pytest.raises(ActionRefused, match="还没有任务"):
        keep_template(project=make_project(), by=giver, title="空")


def test_a_template_is_not_applied_twice(underground, make_project, giver):
    template = keep_template(project=underground, by=giver, title="流程")
    other = make_project()
    apply_template(project=other, template=template, by=giver)

    with pytest.raises(ActionRefused, match="编号“01”已被使用"):
        apply_template(project=other, template=template, by=giver)
    acts = LedgerEntry.objects.filter(act="project.template_applied")
    assert acts.count() == 1
