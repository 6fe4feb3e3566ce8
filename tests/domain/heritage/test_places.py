"""The inventory: what is said of a place, by whom, and in which order."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.heritage.actions import (
    add_file,
    add_guardian,
    change_rules,
    end_guardian,
    grade_place,
    move_place_on,
    save_place,
)
from binglian.domain.heritage.models import Place
from binglian.domain.heritage.protection import Rule, Verdict, shipped_table
from binglian.domain.heritage.queries import (
    guardians_of,
    matching,
    places_visible_to,
    public_places,
    table_in_force,
)
from binglian.domain.ledger.queries import records_of
from binglian.domain.refusals import ActionRefused

State = Place.State


def test_a_place_passes_from_survey_to_use_with_what_was_meant_beside_what_became(
    enter: Callable[..., Place], secretariat: User
):
    place = enter()
    place = grade_place(place=place, by=secretariat, grade="historic", basis="示例〔2024〕1号")
    place = move_place_on(place=place, by=secretariat, said="老字号餐饮")
    place = move_place_on(place=place, by=secretariat)
    place = move_place_on(place=place, by=secretariat, said="空置")

    assert (place.state, place.intended_trade, place.actual_use) == ("in_use", "老字号餐饮", "空置")
    assert place.next_state is None
    assert [record.act for record in records_of(place)] == [
        "place.entered", "place.graded", "place.moved_on", "place.moved_on", "place.moved_on",
    ]  # fmt: skip


def test_works_begin_only_once_somebody_said_what_the_place_is_for(
    courtyard: Place, secretariat: User
):
    planned = move_place_on(place=courtyard, by=secretariat)

    with pytest.raises(ActionRefused, match="打算做什么业态"):
        move_place_on(place=planned, by=secretariat)


def test_an_intention_is_not_rewritten_once_works_have_begun(courtyard: Place, secretariat: User):
    place = move_place_on(place=courtyard, by=secretariat, said="老字号餐饮")
    place = move_place_on(place=place, by=secretariat)

    with pytest.raises(ActionRefused, match="修缮前的打算不能再改"):
        save_place(alliance=place.alliance, by=secretariat, place=place, intended_trade="什么都行")


def test_nothing_is_planned_for_a_place_without_a_grade(
    enter: Callable[..., Place], secretariat: User
):
    with pytest.raises(ActionRefused, match="先定级"):
        enter(state="planned")


def test_a_grade_names_the_document_it_rests_on(enter: Callable[..., Place], secretariat: User):
    with pytest.raises(ActionRefused, match="定级依据"):
        grade_place(place=enter(), by=secretariat, grade="provincial", basis=" ")


def test_those_responsible_keep_vacancy_up_to_date_and_leave_the_grade_alone(
    courtyard: Place, giver: User
):
    place = save_place(alliance=courtyard.alliance, by=giver, place=courtyard, vacant_units=12)

    assert (place.vacant_units, place.vacancy) == (12, 33)
    with pytest.raises(PermissionDenied):
        save_place(alliance=place.alliance, by=giver, place=place, grade="none")


def test_a_neighbour_says_nothing_about_it(courtyard: Place, receiver: User):
    with pytest.raises(PermissionDenied):
        save_place(alliance=courtyard.alliance, by=receiver, place=courtyard, vacant_units=0)


def test_no_more_rooms_stand_empty_than_there_are(courtyard: Place, giver: User):
    with pytest.raises(ActionRefused, match="空置间数"):
        save_place(alliance=courtyard.alliance, by=giver, place=courtyard, vacant_units=37)


def test_a_number_is_given_once(enter: Callable[..., Place]):
    first, second = enter(), enter(name_zh="平康里（示例）")

    assert (first.number, second.number) == ("L-001", "L-002")
    with pytest.raises(ActionRefused, match="编号“L-002”已被使用"):
        enter(number="L-002")


def test_who_was_responsible_stays_on_record(
    courtyard: Place, giving: Organisation, needing: Organisation, secretariat: User
):
    owner = guardians_of(courtyard).get()
    end_guardian(guardian=owner, by=secretariat)
    add_guardian(place=courtyard, organisation=needing, role="owner", by=secretariat)

    assert [one.organisation for one in guardians_of(courtyard)] == [needing]
    assert courtyard.guardians.count() == 2


def test_everybody_sees_only_what_was_made_public(
    alliance: Alliance, courtyard: Place, enter: Callable[..., Place], viewer: User
):
    hidden = enter(name_zh="内部里（示例）")

    assert set(public_places(alliance)) == {courtyard}
    assert set(places_visible_to(viewer)) == {courtyard, hidden}


def test_a_place_is_found_by_the_initials_of_its_name(alliance: Alliance, courtyard: Place):
    assert list(matching(alliance.heritage.all(), "gxl")) == [courtyard]


def test_a_file_is_a_photo_or_a_pdf(courtyard: Place, giver: User):
    paper = add_file(place=courtyard, content=b"%PDF-1.7 survey", caption_zh="测绘图", by=giver)

    assert (paper.kind, paper.media_type, paper.is_public) == (
        "document",
        "application/pdf",
        False,
    )
    with pytest.raises(ActionRefused, match="JPG、PNG、WebP"):
        add_file(place=courtyard, content=b"MZ\x90", caption_zh="程序", by=giver)


def test_every_cell_of_the_shipped_table_is_said_and_names_its_law():
    table = shipped_table()
    unsaid = [
        rule
        for rule in table.rules.values()
        if rule.grade != "none" and not (rule.basis_zh and rule.basis_en)
    ]

    assert (len(table.rules), unsaid) == (9 * 7, [])


def test_a_changed_rule_is_a_new_version_and_the_old_one_stays(
    alliance: Alliance, secretariat: User
):
    stricter = Rule("core", "exterior", Verdict.APPROVAL, ("13",), basis_zh="示例保护规划")
    kept = change_rules(alliance=alliance, rules=[stricter], why="保护规划公布", by=secretariat)

    table, version = table_in_force(alliance)
    assert (kept.version, version) == (1, 1)
    assert table.rule("core", "exterior") == stricter
    assert table.rule("core", "use") == shipped_table().rule("core", "use")
    assert records_of(kept).get().act == "protection.changed"


def test_an_approval_without_an_item_is_no_rule(alliance: Alliance, secretariat: User):
    empty = Rule("core", "exterior", Verdict.APPROVAL)

    with pytest.raises(ActionRefused, match="须经批准的要写明审批事项"):
        change_rules(alliance=alliance, rules=[empty], why="试", by=secretariat)


def test_a_liaison_officer_changes_no_rule(alliance: Alliance, giver: User):
    free = Rule("historic", "exterior", Verdict.FREE)

    with pytest.raises(PermissionDenied):
        change_rules(alliance=alliance, rules=[free], why="图省事", by=giver)
