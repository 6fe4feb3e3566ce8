"""An agreement between the members of the alliance, each with a signatory."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import today
from binglian.domain.governance.actions import (
    answer_decision,
    ask_to_freeze,
    save_pledge,
    sign_agreement,
    start_agreement,
)
from binglian.domain.governance.models import Lead, Signature
from binglian.domain.governance.queries.agreements import signing_words
from binglian.domain.governance.step_up import StepUp


@pytest.fixture
def signatory_of(alliance):
    """The person who may sign for an organisation, made when first asked for."""

    def find(organisation):
        name = f"signatory-{organisation.pk}"
        user = User.objects.filter(username=name).first()
        if user is None:
            user = User.objects.create(username=name, display_name=f"签署人{organisation.pk}")
            alliance.appointments.create(
                user=user, role=Role.SIGNATORY.value, organisation=organisation, from_on=today()
            )
        return user

    return find


@pytest.fixture
def draft(alliance, giving, needing, secretariat):
    """The first draft of the co-building agreement, with one pledge."""
    version = start_agreement(
        alliance=alliance,
        kind="cobuilding",
        by=secretariat,
        title="共建协议",
        title_en="Co-building agreement",
        from_on=today(),
        until_on=today() + timedelta(days=365),
    )
    save_pledge(
        clause=version.clauses.get(number=5),
        by=secretariat,
        giver=giving,
        receiver=needing,
        title="开放报告厅",
        target="每季度一次",
        due_on=today() + timedelta(days=90),
    )
    return version


@pytest.fixture
def agree(lead_a, lead_b):
    def both(decision):
        answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
        answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    return both


@pytest.fixture
def freeze(secretariat, agree):
    """Both leads settle the text; members may sign it for ten days."""

    def settle(version, days=10):
        day = today() + timedelta(days=days)
        agree(ask_to_freeze(version=version, sign_until=day, by=secretariat))
        version.refresh_from_db()
        return version

    return settle


@pytest.fixture
def sign(signatory_of):
    def by_signatory(version, *organisations, act=sign_agreement, at=None):
        for organisation in organisations:
            by = signatory_of(organisation)
            signature = act(
                version=version,
                organisation=organisation,
                by=by,
                consent=signing_words(version, organisation, by).consent,
                step_up=StepUp(Signature.Method.TOTP, at or now()),
            )
        version.refresh_from_db()
        return signature

    return by_signatory


@pytest.fixture
def members(alliance, giving, needing):
    return [alliance.lead_a, alliance.lead_b, giving, needing]


@pytest.fixture
def in_force(draft, freeze, sign, members):
    version = freeze(draft)
    sign(version, *members)
    return version
