"""A public project of the giving member, its site, and who signs for whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.actions import enter_contract, open_promise
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import Contract, IntegrityPromise
from binglian.domain.governance.models import Signature
from binglian.domain.governance.step_up import StepUp
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project

FILE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.fixture
def site(alliance: Alliance, giving: Organisation, giver: User) -> Project:
    """A project everybody may look at."""
    project = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="地下空间综合体（示例）",
        kind="underground",
        features=[],
        starts_on=today(),
        is_public=True,
    )
    Project.objects.filter(pk=project.pk).update(state=Project.State.BASELINED)
    project.refresh_from_db()
    return project


@pytest.fixture
def contract(site: Project, giving: Organisation, needing: Organisation, giver: User) -> Contract:
    return enter_contract(
        project=site,
        number="HT-2026-01",
        title="主体结构施工合同",
        subject="地下三层主体结构施工",
        signed_on=today(),
        digest=FILE,
        parties=[giving, needing],
        by=giver,
    )


@pytest.fixture
def promise(contract: Contract, giver: User) -> IntegrityPromise:
    return open_promise(contract=contract, text="不送礼，不收礼。", by=giver)


@pytest.fixture
def signatory_of(alliance: Alliance) -> Callable[[Organisation], User]:
    """Who may sign for a member."""

    def seat(organisation: Organisation) -> User:
        user = User.objects.create(username=f"signatory-{organisation.pk}")
        Appointment.objects.create(
            alliance=alliance,
            user=user,
            role=Role.SIGNATORY.value,
            organisation=organisation,
            from_on=today(),
        )
        return user

    return seat


@pytest.fixture
def step_up() -> StepUp:
    return StepUp(Signature.Method.TOTP, now())


@pytest.fixture
def inspector_named(alliance: Alliance) -> Callable[[str], User]:
    def make(name: str) -> User:
        user = User.objects.create(username=name, email=f"{name}@example.org")
        Appointment.objects.create(
            alliance=alliance, user=user, role=Role.INSPECTOR.value, from_on=today()
        )
        return user

    return make


@pytest.fixture
def finder(inspector_named: Callable[[str], User]) -> User:
    return inspector_named("finder")


@pytest.fixture
def rechecker(inspector_named: Callable[[str], User]) -> User:
    return inspector_named("rechecker")


@pytest.fixture
def facts(giving: Organisation) -> FindingFacts:
    return FindingFacts(
        what="三层临边无防护栏",
        place="地下三层 5 轴",
        family="safety",
        grade="serious",
        organisation=giving,
        due_on=today() + timedelta(days=3),
        found_at=now(),
        standard="临边有可靠防护",
    )
