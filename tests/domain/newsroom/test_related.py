"""What is related, and why."""

from binglian.domain.matters.models import Matter
from binglian.domain.newsroom.actions import withdraw_announcement
from binglian.domain.newsroom.likeness import alike, words_of
from binglian.domain.newsroom.queries import related_to
from binglian.domain.projects.models import Project

DRAINS = {"title": "老院排水改造开工", "body": "排水管道分段更换，雨季前完工。"}
LECTURE = {"title": "讲座预告", "body": "图书馆讲剪纸。"}


def test_what_speaks_of_the_same_is_related_and_says_by_which_words(published):
    here = published(summary="管道更换。", **DRAINS)
    there = published(summary="下周。", title="雨季排水检查", body="检查管道和雨水口。")
    published(summary="周日。", **LECTURE)

    (found,) = related_to(here)

    assert (found.thing, set(found.words)) == (there, {"排水", "管道", "雨季"})


def test_a_word_inside_another_is_no_reason_of_its_own():
    texts = [words_of("", "排水管道 开工"), words_of("", "排水管道 讲座")]

    assert [found.words for found in alike(texts[0], texts[1:])] == [("排水管道",)]


def test_one_word_in_common_is_no_relation():
    texts = [words_of("", "排水 开工"), words_of("", "排水 讲座")]

    assert alike(texts[0], texts[1:]) == []


def test_projects_and_matters_of_the_alliance_are_related_when_they_are_public(
    alliance, giving, published, giver
):
    announcement = published(summary="管道更换。", **DRAINS)
    facts = {"alliance": alliance, "reported_at": announcement.published_at, "source": "web"}
    said = "院里排水管道堵塞。"
    public, _held = (
        Matter.objects.create(
            number=str(n),
            text=said,
            public_text=text,
            visibility=seen,
            token_digest=str(n),
            **facts,
        )
        for n, (text, seen) in enumerate([(said, "public"), ("", "held")])
    )
    project, _drawer = (
        Project.objects.create(
            alliance=alliance,
            owner=giving,
            entered_by=giver,
            number=f"P{n}",
            title_zh="雨季排水管道更换",
            kind="road",
            starts_on="2027-03-01",
            is_public=True,
            state=state,
        )
        for n, state in enumerate(["running", "draft"])
    )

    assert {found.thing for found in related_to(announcement)} == {public, project}


def test_what_is_withdrawn_is_not_related(published, secretariat):
    here = published(summary="管道更换。", **DRAINS)
    there = published(summary="下周。", title="雨季排水检查", body="检查管道和雨水口。")
    withdraw_announcement(announcement=there, why="有误。", by=secretariat)

    assert related_to(here) == []
