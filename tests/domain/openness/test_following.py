"""A topic is followed by whoever confirmed it, told at most once a day, and left by one click."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils.timezone import localdate, now
from django.utils.translation import get_language

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.openness.actions import (
    answer_question,
    ask_project,
    ask_to_follow,
    confirm_following,
    forget_unconfirmed,
    leave,
    letters,
    publish_question,
    send_confirmations,
)
from binglian.domain.openness.models import Follower
from binglian.domain.openness.queries import follower_by_token
from binglian.domain.openness.topics import Kind, Topic, days_of, entries_of, topic_of, topics_of
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused

EMAIL = "neighbour@example.org"


@pytest.fixture
def topic(alliance: Alliance, project: Project) -> Topic:
    return Topic(alliance, Kind.PROJECT, project)


def follow(topic: Topic, email: str = EMAIL, language: str = "zh-hans") -> None:
    ask_to_follow(topic=topic, email=email, consent_text="同意", language=language)


def link_in(body: str) -> str:
    """The secret in the link of a letter."""
    return next(line for line in body.splitlines() if "/f/" in line).split("/f/")[1].split("/")[0]


@pytest.fixture
def confirmed(topic: Topic) -> Follower:
    follow(topic)
    send_confirmations()
    found = follower_by_token(link_in(mail.outbox.pop().body))
    assert found is not None
    return confirm_following(follower=found)


@pytest.fixture(autouse=True)
def _at_any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters go in the morning; these claims hold whenever they are tested."""
    monkeypatch.setattr(letters, "FROM_HOUR", 0)


def news(project: Project, secretariat: User, giver: User, answer: str = "六月底。") -> None:
    """A question to the project is answered in public."""
    question, _token = ask_project(project=project, text="何时通车？")
    publish_question(question=question, public_text="何时通车？", by=secretariat)
    answer_question(question=question, answer=answer, by=giver)


def test_nobody_is_told_before_they_opened_the_letter(
    topic: Topic, project: Project, secretariat: User, giver: User
):
    follow(topic)
    news(project, secretariat, giver)

    assert letters.send_digests() == 0
    assert send_confirmations() == 1
    assert (mail.outbox[0].to, send_confirmations()) == ([EMAIL], 0)
    assert "3 天后自动删除" in mail.outbox[0].body


def test_a_letter_tells_what_is_new_once_and_once_a_day(
    confirmed: Follower, project: Project, secretariat: User, giver: User
):
    news(project, secretariat, giver)
    assert letters.send_digests() == 1
    news(project, secretariat, giver, answer="改到七月。")
    assert letters.send_digests() == 0  # today's letter is out

    Follower.objects.update(looked_on=localdate() - timedelta(days=1))
    assert letters.send_digests() == 1
    first, second = (one.body for one in mail.outbox)
    assert ("六月底。" in first, "六月底。" in second, "改到七月。" in second) == (
        True,
        False,
        True,
    )


def test_no_letter_goes_when_nothing_is_new(confirmed: Follower):
    assert letters.send_digests() == 0
    confirmed.refresh_from_db()
    assert confirmed.looked_on == localdate()


def test_every_letter_can_be_left_by_one_click_in_the_mail_program(
    confirmed: Follower, project: Project, secretariat: User, giver: User
):
    news(project, secretariat, giver)
    letters.send_digests()
    letter = mail.outbox[0]

    token = link_in(letter.body)
    assert letter.extra_headers["List-Unsubscribe"] == f"<{settings.SITE_URL}/f/{token}/leave/>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert follower_by_token(token) == confirmed


def test_leaving_erases_the_address_at_once_and_frees_it(confirmed: Follower, topic: Topic):
    leave(follower=confirmed)
    leave(follower=confirmed)
    confirmed.refresh_from_db()

    assert (confirmed.state, bytes(confirmed.sealed), confirmed.fingerprint) == ("left", b"", "")
    follow(topic)
    assert Follower.objects.filter(state="asked").count() == 1
    with pytest.raises(ActionRefused, match="已退订"):
        confirm_following(follower=confirmed)


def test_an_address_is_never_in_the_clear_nor_in_the_ledger(confirmed: Follower):
    kept = " ".join(LedgerEntry.objects.values_list("change", flat=True))

    assert EMAIL.encode() not in bytes(confirmed.sealed)
    assert (EMAIL in kept, EMAIL in confirmed.fingerprint) == (False, False)


def test_following_twice_is_following_once(confirmed: Follower, topic: Topic):
    follow(topic, email=EMAIL.upper())

    assert Follower.objects.count() == 1
    assert send_confirmations() == 0


def test_an_address_that_never_answers_is_not_flooded_and_forgotten(alliance: Alliance):
    for one in topics_of(alliance) * 3:
        follow(one)
    rows = Follower.objects.all()
    assert rows.count() == min(len(topics_of(alliance)), 5)
    rows.update(asked_at=now() - timedelta(days=4))

    assert forget_unconfirmed() == rows.count()
    assert {bytes(row.sealed) for row in rows} == {b""}


def test_letters_speak_the_language_of_whoever_follows(topic: Topic):
    follow(topic, language="en")
    send_confirmations()

    assert mail.outbox[0].subject == "Please confirm: follow “道路改造（示例）”"
    assert get_language() == settings.LANGUAGE_CODE


def test_a_topic_that_is_no_longer_public_is_followed_in_silence(
    confirmed: Follower, project: Project, secretariat: User, giver: User, alliance: Alliance
):
    news(project, secretariat, giver)
    Project.objects.filter(pk=project.pk).update(is_public=False)

    assert topic_of(alliance, f"project-{project.pk}") is None
    assert letters.send_digests() == 0


def test_what_is_asked_of_a_project_lies_ahead_of_it(
    topic: Topic, project: Project, secretariat: User, giver: User, alliance: Alliance
):
    question, _token = ask_project(project=project, text="何时通车？")
    put = publish_question(question=question, public_text="何时通车？", by=secretariat)

    assert [(one.key, one.starts) for one in days_of(topic)] == [(f"question-{put.pk}", put.due_on)]
    assert days_of(Topic(alliance, Kind.ALLIANCE)) == days_of(topic)
    news(project, secretariat, giver)
    assert entries_of(topic)[0].title == "道路改造（示例）答复：何时通车？"


@pytest.mark.parametrize("key", ["project-0", "matter-1", "category-x", "nothing", "project-٣"])
def test_what_is_not_public_or_not_there_is_no_topic(alliance: Alliance, key: str):
    assert topic_of(alliance, key) is None
