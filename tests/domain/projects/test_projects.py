"""A member enters a project; its network comes from the catalogue and is adapted by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.coupling.models import Need
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.actions import (
    LinkFacts,
    ModeFacts,
    adopt_catalogue,
    ask_for_capability,
    assign_office,
    change_project,
    finish_project,
    generate_network,
    remove_task,
    save_item,
    save_precedence,
    save_task,
    withdraw_project,
)
from binglian.domain.projects.models import ApprovalItem, Precedence
from binglian.domain.projects.queries import projects_visible_to
from binglian.domain.refusals import ActionRefused

from .conftest import MONDAY


def last_act():
    entry = LedgerEntry.objects.filter(chain="historic").order_by("-number").first()
    return entry.act, entry.user, entry.organisation


def numbers(tasks):
    return {task.number for task in tasks}


# ---- entering ----------------------------------------------------------------------------------


def test_a_project_gets_the_next_number_and_is_recorded_for_its_owner(make_project):
    first, second = make_project(), make_project()

    assert (first.number, second.number, first.state) == ("P-001", "P-002", "draft")
    assert last_act() == ("project.entered", "giver", "建设集团（示例）")


@pytest.mark.parametrize(
    "persona", ["receiver", "lead_a", "viewer", "outsider", "administrator", "auditor"]
)
def test_only_the_owner_and_the_secretariat_enter_and_change_a_project(
    make_project, persona, request
):
    project = make_project()

    with pytest.raises(PermissionDenied):
        change_project(project=project, by=request.getfixturevalue(persona), place="馆陶路")


def test_a_target_day_before_the_first_day_is_refused(make_project):
    with pytest.raises(ActionRefused, match="目标日期不能早于开始日期"):
        make_project(due_on=MONDAY - timedelta(days=1))


def test_an_unknown_feature_is_refused_by_name(make_project):
    with pytest.raises(ActionRefused, match="没有这一项目情形：moon"):
        make_project(features=["moon"])


def test_a_project_of_somebody_who_is_no_member_is_refused(alliance, secretariat, make_project):
    project = make_project()
    alliance.memberships.filter(organisation=project.owner).update(
        state="withdrawn", until_on=MONDAY
    )

    with pytest.raises(ActionRefused, match="不是本联盟成员"):
        make_project(number="")


def test_outsiders_see_no_project(make_project, outsider, viewer):
    make_project()

    assert list(projects_visible_to(outsider)) == []
    assert projects_visible_to(viewer).count() == 1


def test_what_is_given_up_cannot_be_changed(make_project, giver):
    project = withdraw_project(project=make_project(), by=giver, why="选址调整")

    with pytest.raises(ActionRefused, match="已完成或已中止"):
        change_project(project=project, by=giver, place="馆陶路")


def test_a_project_with_open_tasks_is_not_finished(underground, giver):
    with pytest.raises(ActionRefused, match="还有 27 项任务没有办结，先是“项目建议书审批”"):
        finish_project(project=underground, by=giver)


# ---- the catalogue -----------------------------------------------------------------------------


def test_the_catalogue_is_adopted_once(alliance, secretariat, catalogue):
    assert catalogue == ApprovalItem.objects.count()
    assert adopt_catalogue(alliance=alliance, by=secretariat) == 0


@pytest.mark.parametrize("persona", ["giver", "lead_a", "viewer", "outsider", "administrator"])
def test_only_the_secretariat_keeps_the_catalogue(alliance, persona, request):
    with pytest.raises(PermissionDenied):
        adopt_catalogue(alliance=alliance, by=request.getfixturevalue(persona))


def test_an_office_is_named_once_for_all_its_items(alliance, secretariat, catalogue, giving):
    changed = assign_office(
        alliance=alliance, office="heritage", organisation=giving, by=secretariat
    )

    assert changed == alliance.approval_items.filter(organisation=giving).count() == 3


def test_a_pledge_longer_than_the_law_allows_is_refused(alliance, secretariat, catalogue):
    item = alliance.approval_items.get(code="03")

    with pytest.raises(ActionRefused, match="承诺时限不能长于法定时限"):
        save_item(alliance=alliance, by=secretariat, item=item, pledged_days=23)


def test_items_that_wait_for_each_other_are_refused_by_name(alliance, secretariat, catalogue):
    first = alliance.approval_items.get(code="01")

    with pytest.raises(ActionRefused, match=r"01 项目建议书审批.*→"):
        save_item(alliance=alliance, by=secretariat, item=first, after=[LinkFacts(before="06")])


# ---- the network -------------------------------------------------------------------------------


def test_features_bring_items_in(catalogue, make_project, giver):
    plain = make_project(features=[])
    linked = make_project(features=["government", "heritage_zone", "underground_link"])

    without = numbers(generate_network(project=plain, by=giver))
    with_all = numbers(generate_network(project=linked, by=giver))

    assert with_all - without == {"01", "06", "12", "U1"}


def test_neighbours_of_an_item_that_does_not_apply_stay_in_order(catalogue, make_project, giver):
    project = make_project(features=[])
    generate_network(project=project, by=giver)

    before = Precedence.objects.filter(after__project=project, after__number="07")
    assert sorted(before.values_list("before__number", flat=True)) == ["02", "04"]


def test_a_changed_project_gets_only_what_is_missing(underground, giver):
    change_project(
        project=underground,
        by=giver,
        features=["government", "heritage_zone", "underground_link"],
    )

    assert numbers(generate_network(project=underground, by=giver)) == {"U1"}
    assert underground.tasks.count() == 28


def test_owners_own_steps_are_the_owners_and_others_their_offices(underground, giving, needing):
    doers = {task.number: task.organisation for task in underground.tasks.all()}

    assert (doers["14"], doers["20"], doers["12"]) == (giving, needing, None)


def test_a_permit_that_lapses_limits_the_wait(underground):
    tie = Precedence.objects.get(before__number="20", after__number="21")

    assert (tie.most, tie.lag) == (90, "elapsed")


def test_a_circle_is_refused_naming_its_tasks(underground, giver):
    tasks = {task.number: task for task in underground.tasks.all()}

    with pytest.raises(ActionRefused, match="14 施工招标 → 09 初步设计与概算审批 → 14"):
        save_precedence(before=tasks["14"], after=tasks["09"], by=giver)
    assert not Precedence.objects.filter(before=tasks["14"], after=tasks["09"]).exists()


def test_start_early_decide_late_may_tie_both_ways(underground, giver):
    tasks = {task.number: task for task in underground.tasks.all()}

    tie = save_precedence(before=tasks["14"], after=tasks["09"], by=giver, link="FF")

    assert (tie.link, last_act()[0]) == ("FF", "task.precedence_set")


def test_a_task_taken_out_leaves_its_neighbours_in_order(underground, giver):
    remove_task(task=underground.tasks.get(number="10"), by=giver)

    before = Precedence.objects.filter(after__project=underground, after__number="11")
    assert list(before.values_list("before__number", flat=True)) == ["06"]


def test_a_planned_task_that_is_taken_out_stays_in_its_versions(underground, giver, planned):
    plan = planned(underground)
    remove_task(task=underground.tasks.get(number="12"), by=giver)

    assert plan.rows.count() == 27
    assert underground.tasks.standing().count() == 26
    assert planned(underground).rows.count() == 26


def test_a_task_needs_a_way_of_doing_it(make_project, giver):
    with pytest.raises(ActionRefused, match="至少填写一种实施方式"):
        save_task(project=make_project(), by=giver, title_zh="修缮施工")


def test_what_a_task_lacks_becomes_a_need_on_the_list(make_project, giver, giving):
    project = make_project()
    task = save_task(project=project, by=giver, title_zh="修缮施工", modes=[ModeFacts(days=20)])

    need = ask_for_capability(task=task, by=giver, kind="expertise", quantity=Decimal(6), unit="人")

    task.refresh_from_db()
    assert (task.need, need.organisation, need.state) == (need, giving, Need.State.OPEN)
    with pytest.raises(ActionRefused, match="已在清单上"):
        ask_for_capability(task=task, by=giver, kind="expertise", quantity=Decimal(6))
