"""A public project, and an alliance in which something of every kind has happened."""

import pytest
from django.utils.timezone import localdate

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.matters.actions import check_publication, report_matter
from binglian.domain.matters.facts import MatterFacts
from binglian.domain.matters.models import Category
from binglian.domain.newsroom.actions import (
    review_announcement,
    start_announcement,
    submit_for_review,
)
from binglian.domain.newsroom.facts import Draft
from binglian.domain.openness.actions import (
    answer_publicly,
    answer_question,
    ask_for_information,
    ask_project,
    publish_question,
)
from binglian.domain.openness.facts import Asked
from binglian.domain.openness.topics import Topic, topic_of, topics_of
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project


@pytest.fixture
def project(alliance: Alliance, giving: Organisation, giver: User) -> Project:
    made = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="道路改造（示例）",
        kind="road",
        features=[],
        starts_on=today(),
        is_public=True,
    )
    Project.objects.filter(pk=made.pk).update(state=Project.State.BASELINED)
    return made


@pytest.fixture
def busy(
    alliance: Alliance,
    project: Project,
    giving: Organisation,
    secretariat: User,
    giver: User,
    make_need,
) -> list[Topic]:
    """Every topic of an alliance with news in each, and one matter among them."""
    alliance.published = ["needs"]
    alliance.save()
    make_need(deadline=localdate(), title="<b>议事</b> & 场地")
    category = Category.objects.create(
        alliance=alliance, code="drain", name_zh="排水", name_en="Drains"
    )
    matter = report_matter(
        alliance=alliance, facts=MatterFacts("院里积水 <script>", category=category), by=None
    ).matter
    check_publication(
        matter=matter, public_text="院里积水 <script>", is_public=True, by=secretariat
    )
    news = start_announcement(
        alliance=alliance, organisation=giving, draft=Draft("开放日", "周六。", "三处。"), by=giver
    )
    submit_for_review(announcement=news, by=giver)
    review_announcement(announcement=news, is_yes=True, by=secretariat)
    request, _token = ask_for_information(alliance=alliance, asked=Asked(text="花了多少钱？"))
    answer_publicly(request=request, public_text="费用", answer="120 万元。", by=secretariat)
    for answer in ("六月底。", ""):
        question, _token = ask_project(project=project, text="何时通车？")
        publish_question(question=question, public_text="何时通车？", by=secretariat)
        if answer:
            answer_question(question=question, answer=answer, by=giver)
    followed = topic_of(alliance, f"matter-{matter.pk}")
    assert followed is not None
    return [*topics_of(alliance), followed]
