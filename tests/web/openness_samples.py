"""One object of each kind that pages of openness show."""

from __future__ import annotations

from dataclasses import dataclass

from binglian.domain.accounts.models import User
from binglian.domain.accounts.tokens import digest_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.actions import (
    answer_publicly,
    ask_for_information,
    ask_project,
    ask_to_follow,
    publish_question,
)
from binglian.domain.openness.facts import Asked
from binglian.domain.openness.models import Follower
from binglian.domain.openness.topics import Kind, Topic
from binglian.domain.projects.models import Project

PHONE, EMAIL = "13700002222", "follower@example.org"


@dataclass(frozen=True)
class Samples:
    """Keys by the word in a route's name, and what stands in addresses beside them."""

    pks: dict[str, int]
    arguments: dict[str, str]


def openness_samples(alliance: Alliance, project: Project, by: User) -> Samples:
    """A request answered in public, one that waits, and a public question, with their links."""
    answered, _token = ask_for_information(alliance=alliance, asked=Asked(text="花了多少钱？"))
    answer_publicly(request=answered, public_text="费用", answer="120 万元。", by=by)
    asked = Asked(text="何时开工？", contact={"phone": PHONE}, consent_text="同意")
    waiting, secret = ask_for_information(alliance=alliance, asked=asked)
    question, question_secret = ask_project(project=project, text="何时通车？")
    publish_question(question=question, public_text="何时通车？", by=by)
    ask_to_follow(
        topic=Topic(alliance, Kind.NEWS), email=EMAIL, consent_text="同意", language="zh-hans"
    )
    # The link is told by a letter alone.
    Follower.objects.update(token_digest=digest_of("follow-secret"))
    return Samples(
        {
            "openness:answer": answered.pk,
            "openness:request": waiting.pk,
            "openness:question": question.pk,
            "openness:ask_project": project.pk,
        },
        {
            "ask_secret": secret,
            "question_secret": question_secret,
            "follow_secret": "follow-secret",
            "topic": "news",
        },
    )
