"""The grade of what a project touches decides who must approve, and in which order."""

from collections.abc import Callable
from typing import Any

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.actions import change_rules, grade_place, save_place
from binglian.domain.heritage.models import Place
from binglian.domain.heritage.protection import Rule, Verdict, shipped_table
from binglian.domain.heritage.queries import table_in_force
from binglian.domain.projects.actions import generate_network, save_item, touch_place
from binglian.domain.projects.catalogue import shipped_items
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import (
    GradeEffect,
    consents_of,
    effects_of_grades,
    projects_touching,
)
from binglian.domain.refusals import ActionRefused

#: A private courtyard renewal without any feature: C01, 10, 11, 13, 14, 15, 19 to 22, 26.
PLAIN = {"C01", "10", "11", "13", "14", "15", "19", "20", "21", "22", "26"}


@pytest.fixture
def graded(alliance: Alliance, secretariat: User) -> Callable[[str], Place]:
    """A courtyard of a grade."""

    def make(grade: str) -> Place:
        place = save_place(alliance=alliance, by=secretariat, name_zh=f"{grade} 里（示例）")
        return grade_place(place=place, by=secretariat, grade=grade, basis="示例〔2024〕1号")

    return make


@pytest.fixture
def renewal(catalogue: int, make_project: Callable[..., Project]) -> Project:
    return make_project(kind="courtyard", features=[])


def _ties(project: Project) -> set[tuple[str, str]]:
    rows = project.tasks.values_list("number", "precedences_before__before__number")
    return {(before, number) for number, before in rows if before}


def _effects(place: Place, user: User) -> dict[str, list[GradeEffect]]:
    table, _version = table_in_force(place.alliance)
    grades = ["provincial", "historic", "relic"]
    return effects_of_grades(place, grades, projects_touching(place, user), table)


def test_a_renewal_that_touches_nothing_protected_needs_nothing_more(renewal: Project, giver: User):
    generate_network(project=renewal, by=giver)

    assert {task.number for task in renewal.tasks.all()} == PLAIN


@pytest.mark.parametrize(
    ("grade", "changes", "items"),
    [
        ("national", ["repair"], {"B11"}),
        ("national", ["repair", "use"], {"B11", "B12"}),
        ("provincial", ["exterior"], {"B21"}),
        ("municipal", ["repair", "move"], {"C03", "B33"}),
        ("relic", ["repair", "use"], {"B41", "B42"}),
        ("historic", ["repair"], set()),
        ("historic", ["structure"], {"B51", "C02"}),
        ("historic", ["use"], {"B51", "C02", "C07"}),
        ("traditional", ["exterior", "use"], {"B61", "C07"}),
        ("core", ["demolition"], {"B71", "B72"}),
        ("control", ["extension"], {"12"}),
        ("none", ["demolition"], set()),
    ],
)
def test_a_project_gets_exactly_the_items_of_the_grade(
    renewal: Project,
    giver: User,
    graded: Callable[[str], Place],
    grade: str,
    changes: list[str],
    items: set[str],
):
    touch_place(project=renewal, place=graded(grade), changes=changes, by=giver)
    generate_network(project=renewal, by=giver)

    assert {task.number for task in renewal.tasks.all()} == PLAIN | items


def test_the_consents_come_after_the_appraisal_and_before_the_planning_permit(
    renewal: Project, giver: User, graded: Callable[[str], Place]
):
    touch_place(project=renewal, place=graded("historic"), changes=["use"], by=giver)
    generate_network(project=renewal, by=giver)

    new = {"B51", "C02", "C07"}
    assert {tie for tie in _ties(renewal) if new & set(tie)} == {
        ("C01", "B51"),
        ("C01", "C02"),
        ("B51", "C02"),
        ("C01", "C07"),
        ("B51", "13"),
        ("C02", "13"),
        ("C07", "13"),
    }


def test_of_a_project_without_planning_permit_the_works_permit_waits_for_them(
    catalogue: int,
    make_project: Callable[..., Project],
    giver: User,
    graded: Callable[[str], Place],
):
    road = make_project(kind="road", features=[])
    touch_place(project=road, place=graded("provincial"), changes=["repair"], by=giver)
    generate_network(project=road, by=giver)

    assert ("B21", "20") in _ties(road)


def test_an_item_carries_its_office_basis_and_clock(
    renewal: Project, giver: User, graded: Callable[[str], Place]
):
    touch_place(project=renewal, place=graded("core"), changes=["demolition"], by=giver)
    publicity, approval = sorted(
        consents_of(renewal).items, key=lambda item: item.code, reverse=True
    )

    assert (publicity.code, publicity.is_counted, publicity.pledged_days) == ("B72", False, 14)
    assert (approval.office, approval.statutory_days) == ("natural_resources", 20)
    assert approval.basis_zh.startswith("历史文化名城名镇名村保护条例第二十八条")


def test_raising_the_grade_says_what_would_be_added_and_writes_nothing(
    renewal: Project, giver: User, graded: Callable[[str], Place]
):
    place = graded("historic")
    touch_place(project=renewal, place=place, changes=["exterior"], by=giver)
    generate_network(project=renewal, by=giver)
    effects = _effects(place, giver)
    [effect] = effects["provincial"]

    assert effect.project == renewal
    assert [item.code for item in effect.added] == ["B21"]
    assert sorted(item.code for item in effect.dropped) == ["B51", "C02"]
    assert effects["historic"] == []


def test_what_every_grade_means_is_three_statements_however_many_projects(
    make_project: Callable[..., Project],
    catalogue: int,
    giver: User,
    graded: Callable[[str], Place],
    django_assert_num_queries: Callable[[int], Any],
):
    place, another = graded("historic"), graded("municipal")
    table, _version = table_in_force(place.alliance)
    projects = [make_project(kind="courtyard", features=[]) for _ in range(6)]
    for project in projects:
        for touched in (place, another):
            touch_place(project=project, place=touched, changes=["exterior"], by=giver)
    with django_assert_num_queries(3):
        touching = list(projects_touching(place, giver))
        effects = effects_of_grades(place, ["provincial", "historic"], touching, table)

    assert [one.project for one in effects["provincial"]] == projects
    assert effects["historic"] == []


def test_after_the_grade_is_raised_the_network_gains_what_is_missing(
    renewal: Project, giver: User, secretariat: User, graded: Callable[[str], Place]
):
    place = graded("traditional")
    touch_place(project=renewal, place=place, changes=["exterior"], by=giver)
    generate_network(project=renewal, by=giver)
    grade_place(place=place, by=secretariat, grade="provincial", basis="示例〔2026〕9号")

    assert [item.code for item in consents_of(renewal).to_add] == ["B21"]
    assert [task.number for task in generate_network(project=renewal, by=giver)] == ["B21"]
    assert consents_of(renewal).to_add == []


def test_what_the_law_forbids_is_refused_with_its_article(
    renewal: Project, giver: User, graded: Callable[[str], Place]
):
    with pytest.raises(ActionRefused, match="不允许拆除（文物保护法第三十一条）"):
        touch_place(project=renewal, place=graded("national"), changes=["demolition"], by=giver)


def test_a_grade_raised_later_stops_what_it_forbids(
    renewal: Project, giver: User, secretariat: User, graded: Callable[[str], Place]
):
    place = graded("core")
    touch_place(project=renewal, place=place, changes=["structure"], by=giver)
    [effect] = _effects(place, giver)["relic"]
    grade_place(place=place, by=secretariat, grade="relic", basis="示例〔2026〕9号")

    assert [demand.rule.change for demand in effect.forbidden] == ["structure"]
    with pytest.raises(ActionRefused, match="不允许改变结构"):
        generate_network(project=renewal, by=giver)


def test_a_place_without_a_grade_is_graded_first(
    alliance: Alliance, renewal: Project, giver: User, secretariat: User
):
    place = save_place(alliance=alliance, by=secretariat, name_zh="未定级里（示例）")

    with pytest.raises(ActionRefused, match="还没有定级"):
        touch_place(project=renewal, place=place, changes=["repair"], by=giver)


def test_an_alliance_that_changes_its_table_gets_the_items_it_names(
    alliance: Alliance,
    renewal: Project,
    giver: User,
    secretariat: User,
    graded: Callable[[str], Place],
):
    rule = Rule("core", "exterior", Verdict.APPROVAL, ("C06",), basis_zh="示例保护规划")
    change_rules(alliance=alliance, rules=[rule], why="保护规划公布", by=secretariat)
    touch_place(project=renewal, place=graded("core"), changes=["exterior"], by=giver)

    assert [item.code for item in consents_of(renewal).items] == ["C06"]


def test_an_item_switched_off_is_missed_by_name(
    alliance: Alliance,
    renewal: Project,
    giver: User,
    secretariat: User,
    graded: Callable[[str], Place],
):
    item = alliance.approval_items.get(code="B61")
    save_item(alliance=alliance, by=secretariat, item=item, is_active=False)
    touch_place(project=renewal, place=graded("traditional"), changes=["exterior"], by=giver)

    with pytest.raises(ActionRefused, match="不在目录里：B61"):
        generate_network(project=renewal, by=giver)


def test_every_item_the_table_names_is_in_the_shipped_catalogue():
    assert shipped_table().codes() - {item["code"] for item in shipped_items()} == set()
