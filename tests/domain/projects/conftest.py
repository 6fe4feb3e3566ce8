"""An owner with an underground complex, and offices that decide on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.projects import jobs
from binglian.domain.projects.actions import (
    adopt_catalogue,
    ask_plan,
    create_project,
    generate_network,
)
from binglian.domain.projects.models import Plan, Project

#: A Monday to come: nothing planned from it on is late.
MONDAY = today() + timedelta(days=63 - today().weekday())


@pytest.fixture
def catalogue(alliance: Alliance, needing: Organisation, secretariat: User) -> int:
    """The shipped catalogue; the housing office is the needing member."""
    offices = {"housing": needing}
    return adopt_catalogue(alliance=alliance, by=secretariat, offices=offices)


@pytest.fixture
def make_project(alliance: Alliance, giving: Organisation, giver: User) -> Callable[..., Project]:
    """A project of the giving member, entered by its officer."""

    def make(**facts: Any) -> Project:
        facts = {
            "title_zh": "地下空间综合体（示例）",
            "title_en": "Underground complex (illustrative)",
            "kind": "underground",
            "features": ["government", "heritage_zone"],
            "starts_on": MONDAY,
        } | facts
        return create_project(alliance=alliance, owner=giving, by=giver, **facts)

    return make


@pytest.fixture
def underground(catalogue: int, make_project: Callable[..., Project], giver: User) -> Project:
    """The underground complex with its 27 items."""
    project = make_project()
    generate_network(project=project, by=giver)
    return project


@pytest.fixture
def planned(alliance: Alliance, giver: User) -> Callable[..., Plan]:
    """Have a project planned as the worker would; its newest plan."""

    def plan(project: Project, **facts: Any) -> Plan:
        run = ask_plan(alliance=alliance, project=project, by=giver, seconds=1, **facts)
        jobs.work_out_planning.call(run.pk)
        run.refresh_from_db()
        assert run.state == "ready", run.failure
        return project.plans.first()

    return plan
