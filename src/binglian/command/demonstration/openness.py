"""What people ask in the demonstration: three requests, two questions to a project. No contact."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import now

from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.actions import (
    answer_publicly,
    answer_question,
    ask_for_information,
    ask_project,
    extend_request,
    publish_question,
)
from binglian.domain.openness.facts import Asked
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import public_projects

from . import rounds

_FILE = Path(__file__).with_suffix(".json")


def enter(alliance: Alliance, cast: rounds.Cast) -> None:
    """One request answered, one waiting, one extended; one question answered, one open."""
    facts = json.loads(_FILE.read_text(encoding="utf-8"))
    for one in facts["requests"]:
        _request(alliance, one, cast)
    project = public_projects().filter(alliance=alliance).order_by("pk").first()
    if project:
        for one in facts["questions"]:
            _question(project, one, cast)


def _request(alliance: Alliance, facts: dict[str, Any], cast: rounds.Cast) -> None:
    asked = Asked(text=facts["text"], came_at=_ago(facts))
    request, _token = ask_for_information(alliance=alliance, asked=asked)
    if "answer" in facts:
        words = {name: facts[name] for name in ("public_text", "answer")}
        answer_publicly(request=request, by=cast.secretariat, **words)
    if "extension" in facts:
        extend_request(request=request, reason=facts["extension"], by=cast.secretariat)


def _question(project: Project, facts: dict[str, Any], cast: rounds.Cast) -> None:
    question, _token = ask_project(project=project, text=facts["text"], asked_at=_ago(facts))
    publish_question(question=question, public_text=facts["text"], by=cast.secretariat)
    if "answer" in facts:
        answer_question(question=question, answer=facts["answer"], by=cast.of(project.owner))


def _ago(facts: dict[str, Any]) -> datetime:
    return now() - timedelta(days=facts["days_ago"])
