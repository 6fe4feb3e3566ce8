"""A passkey, registered and used: Chromium's virtual authenticator stands for the phone's own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.governance.actions import answer_decision, ask_to_freeze, start_agreement
from binglian.domain.governance.models import AgreementVersion, Lead, Signature
from tools.chromium import PHONE

pytestmark = [
    pytest.mark.usefixtures("database_beside_the_browser"),
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "correct horse battery"
#: As a telephone has it: built in, unlocked by its owner, keeps the key itself.
BUILT_IN = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def signatory(alliance: Alliance, giver: User, giving: Organisation) -> User:
    alliance.appointments.create(
        user=giver, role=Role.SIGNATORY.value, organisation=giving, from_on=today()
    )
    return giver


@pytest.fixture
def version(alliance: Alliance, secretariat: User, lead_a: User, lead_b: User) -> AgreementVersion:
    """A text that both leads have settled and everybody is to confirm."""
    draft = start_agreement(
        alliance=alliance, kind="cobuilding", by=secretariat, title="共建协议", title_en=""
    )
    day = today() + timedelta(days=10)
    decision = ask_to_freeze(version=draft, sign_until=day, by=secretariat)
    for lead, by in ((Lead.A, lead_a), (Lead.B, lead_b)):
        answer_decision(decision=decision, lead=lead, is_yes=True, by=by)
    return draft


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def device(page: Page) -> tuple[CDPSession, str]:
    """The page's own authenticator and how to speak to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": BUILT_IN})
    return session, made["authenticatorId"]


def sign_in(page: Page, user: User) -> None:
    page.goto("/login/")
    page.fill("#id_login", user.username)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_load_state("networkidle")


@pytest.fixture
def registered(page: Page, device: tuple[CDPSession, str], signatory: User) -> User:
    """Signed in by password alone, with a passkey just registered."""
    sign_in(page, signatory)
    page.goto("/security/passkeys/new/")
    page.fill("#id_password", PASSWORD)  # an open session alone adds no second factor
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="登记").click()
    page.wait_for_url("**/security/")
    return signatory


def test_a_signatory_confirms_with_a_passkey(
    page: Page, registered: User, giving: Organisation, version: AgreementVersion
) -> None:
    page.goto(f"{version.path}sign/{giving.pk}/")
    page.check("#agree")
    page.get_by_role("button", name="用通行密钥确认").click()
    page.wait_for_url(f"**{version.path}")

    signature = Signature.objects.get(organisation=giving)
    assert (signature.by, signature.state, signature.method) == (registered, "signed", "webauthn")


def test_a_passkey_opens_the_door_and_no_code_is_asked_for(page: Page, registered: User) -> None:
    page.context.clear_cookies()
    sign_in(page, registered)
    assert page.locator("#id_code").count() == 0
    page.get_by_role("button", name="用通行密钥").click()
    page.wait_for_url(lambda address: "login" not in address)

    page.goto("/account/")
    expect(page.locator("main")).to_contain_text(registered.username)


def test_a_device_without_the_passkey_is_told_what_to_do(
    page: Page, device: tuple[CDPSession, str], registered: User
) -> None:
    session, authenticator = device
    session.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})
    page.context.clear_cookies()
    sign_in(page, registered)
    page.get_by_role("button", name="用通行密钥").click()

    expect(page.get_by_role("alert")).to_contain_text("密钥在另一台设备上")
