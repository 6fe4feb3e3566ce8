"""What the platform learns, and what comes again and again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from binglian.domain.matters.actions import (
    adopt_theme,
    dispatch_matter,
    drop_theme,
    propose_themes,
    train_routing,
)
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import suggest_category
from binglian.domain.refusals import ActionRefused

DRAINS = ("化粪池满了往外冒", "污水漫到台阶上", "管子堵了返水", "井盖下面的水漫出来")
NOISE = ("半夜还在装修", "音响开到凌晨", "广场舞声音太大", "工地打桩睡不着")


@pytest.fixture
def sorted_before(report, drains, noise, secretariat):
    def make(count):
        for n in range(count):
            for texts, category in ((DRAINS, drains), (NOISE, noise)):
                matter = report(f"{texts[n % 4]}，第{n}次反映")
                Matter.objects.filter(pk=matter.pk).update(
                    category=category, dispatched_at=matter.reported_at
                )

    return make


def test_below_the_threshold_a_person_is_asked(alliance, drains):
    assert not suggest_category(alliance, "院里积水").is_sure
    assert suggest_category(alliance, "下水道堵塞，积水").is_sure


def test_it_learns_from_how_people_dispatched(alliance, sorted_before, drains, secretariat, giver):
    text = "污水又漫到台阶上了"
    assert suggest_category(alliance, text).category is None  # no keyword says so
    sorted_before(25)
    with pytest.raises(PermissionDenied):
        train_routing(alliance=alliance, by=giver)

    row = train_routing(alliance=alliance, by=secretariat)

    found = suggest_category(alliance, text)
    assert (row.matters, found.category) == (50, drains)
    assert found.is_sure


def test_too_few_matters_teach_nothing(alliance, sorted_before, secretariat):
    sorted_before(2)

    with pytest.raises(ActionRefused, match="只有 4 件"):
        train_routing(alliance=alliance, by=secretariat)


def test_a_correction_is_kept_beside_what_was_proposed(report, noise, drains, secretariat):
    matter = dispatch_matter(matter=report("下水道堵塞"), category=noise, by=secretariat)

    matter.refresh_from_db()
    assert (matter.proposed_category, matter.category) == (drains, noise)


def test_what_recurs_is_proposed_as_a_theme_with_its_evidence(
    alliance, report, drains, noise, secretariat, needing
):
    same = [report(f"{n}号院下水道堵塞，化粪池外溢") for n in range(6)]
    report("屋顶漏雨", category=drains)
    report("音响太吵", category=noise)

    (theme,) = propose_themes(alliance=alliance, month=localdate())

    assert set(theme.matters.all()) == set(same)
    assert {"下水道", "堵塞"} <= set(theme.words)
    assert theme.month == localdate().replace(day=1)
    assert propose_themes(alliance=alliance, month=localdate()) == []  # not twice

    adopt_theme(theme=theme, title="老院排水", lead=needing, by=secretariat)

    theme.refresh_from_db()
    assert (theme.state, theme.lead) == ("adopted", needing)
    with pytest.raises(ActionRefused, match="已有结论"):
        drop_theme(theme=theme, by=secretariat)


def test_a_theme_looks_back_three_months(alliance, report):
    for n in range(6):
        report(f"{n}号院下水道堵塞")

    assert propose_themes(alliance=alliance, month=localdate() + timedelta(days=200)) == []
