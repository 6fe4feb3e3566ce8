"""A public project of the giving member, its site, and who signs for whom."""

from collections.abc import Callable

import pytest
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.actions import enter_contract, open_promise
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
