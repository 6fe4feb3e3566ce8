"""Where a finding is: on the map, on a plan of the site, and on its notice."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import User
from binglian.domain.checks.actions import enter_plan, issue_finding, retire_plan
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import SitePlan
from binglian.domain.checks.notice_paper import notice_paper
from binglian.domain.checks.queries import plans_in_use
from binglian.domain.checks.sketches import map_sketch, plan_sketch
from binglian.domain.matters.photos import photo_facts
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused
from binglian.papers.notice import typeset
from tests.web.news_samples import photograph


@pytest.fixture
def level(site: Project, giver: User) -> SitePlan:
    picture = photo_facts(photograph())
    return enter_plan(project=site, title="负二层", picture=picture, by=giver)


def test_the_owner_puts_plans_up_and_a_new_one_takes_the_place_of_the_old(
    site: Project, level: SitePlan, giver: User, receiver: User
) -> None:
    again = enter_plan(project=site, title=" 负二层 ", picture=photo_facts(photograph()), by=giver)
    assert list(plans_in_use(site)) == [again]
    with pytest.raises(PermissionDenied):
        retire_plan(plan=again, by=receiver)
    retire_plan(plan=again, by=giver)
    with pytest.raises(ActionRefused, match="已停用"):
        retire_plan(plan=again, by=giver)
    assert list(plans_in_use(site)) == []


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ({"plan_x": 0.5}, "位置不完整"),
        ({"plan_x": 0.5, "plan_y": 1.2}, "点在平面图外面"),
        ({"plan": None, "plan_x": 0.5, "plan_y": 0.5}, "位置不完整"),
    ],
)
def test_a_point_on_a_plan_is_whole_and_inside(
    site: Project, level: SitePlan, facts: FindingFacts, finder: User, place: dict, why: str
) -> None:
    shown = replace(facts, **({"plan": level} | place))
    with pytest.raises(ActionRefused, match=why):
        issue_finding(project=site, facts=shown, key=uuid4(), by=finder)


def test_the_notice_shows_map_plan_and_photo(
    site: Project, level: SitePlan, facts: FindingFacts, finder: User
) -> None:
    shown = replace(
        facts,
        longitude=120.31872,
        latitude=36.07463,
        plan=level,
        plan_x=0.25,
        plan_y=0.75,
        photos=(photo_facts(photograph()),),
    )
    finding = issue_finding(project=site, facts=shown, key=uuid4(), by=finder)

    paper = notice_paper(finding)

    assert [one.caption for one in paper.drawings] == [
        "地下三层 5 轴，北纬 36.07463，东经 120.31872",
        "平面图“负二层”上的位置",
        "现场照片 1",
    ]
    assert 'cx="160" cy=' in paper.drawings[1].svg  # a quarter of 640 from the left
    assert typeset(paper) == typeset(paper)


def test_without_a_point_the_words_have_to_do(
    site: Project, facts: FindingFacts, finder: User
) -> None:
    finding = issue_finding(project=site, facts=facts, key=uuid4(), by=finder)
    assert (map_sketch(finding), plan_sketch(finding)) == (None, None)
    assert notice_paper(finding).drawings == ()
