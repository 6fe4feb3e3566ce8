"""Twenty-three organisations sign on a phone; what comes out holds against anybody's check.

One declines and later accedes; the leads approve a text, which changes in between and is asked
again. The second factor is a real one-time code.
"""

import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import connection
from playwright.sync_api import Page

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Membership, Organisation, today
from binglian.domain.governance.actions import save_clause
from binglian.domain.governance.actions.agreement_sealing import seal_agreement_version
from binglian.domain.governance.models import AgreementVersion, SignedFile
from binglian.domain.governance.queries import root_certificates_pem
from tools.debian import find_pdfsig
from tools.steps import StepFailed

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PARTIES = 23


pytestmark = pytest.mark.usefixtures("database_beside_the_browser")


@pytest.fixture
def members(alliance: Alliance) -> list[Organisation]:
    """The two leads and twenty-one more, each with a signatory who has a phone."""
    for number in range(1, PARTIES - 1):
        body = Organisation.objects.create(name=f"成员单位{number:02d}（示例）")
        Membership.objects.create(
            alliance=alliance,
            organisation=body,
            category="other",
            state=Membership.State.ADMITTED,
            from_on=today(),
        )
    found = list(Organisation.objects.filter(memberships__alliance=alliance).order_by("pk"))
    for body in found:
        user = User.objects.create(username=f"signatory-{body.pk}", display_name=f"签署人{body.pk}")
        TOTP.activate(user, SECRET)
        alliance.appointments.create(
            user=user, role=Role.SIGNATORY.value, organisation=body, from_on=today()
        )
    return found


def signatory(body: Organisation) -> User:
    return User.objects.get(username=f"signatory-{body.pk}")


def approve(page: Page, decision: str) -> None:
    page.goto(decision)
    page.get_by_role("button", name="同意", exact=True).click()
    page.wait_for_load_state("networkidle")


def sign(page: Page, version: AgreementVersion, body: Organisation, button: str) -> None:
    """Read, tick, code, done."""
    page.goto(f"{version.path}sign/{body.pk}/")
    page.check("#agree")
    page.fill("#id_code", format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))
    page.get_by_role("button", name=button).click()
    page.wait_for_url(f"**{version.path}")


def ask_to_settle(page: Page, version: AgreementVersion) -> str:
    page.goto(version.path)
    page.fill("#freeze_until", today().replace(year=today().year + 1).isoformat())
    page.get_by_role("button", name="提请两个牵头单位定稿").click()
    page.wait_for_url("**/decisions/*/")
    return page.url


def sealed_by_the_worker(version: AgreementVersion) -> SignedFile:
    """As the job does it, away from the browser's thread."""

    def seal() -> SignedFile:
        try:
            return seal_agreement_version(version.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        return worker.submit(seal).result()


def pdfsig(pdf: bytes, folder: Path) -> str:
    store, file, root = f"sql:{folder}", folder / "signed.pdf", folder / "root.pem"
    file.write_bytes(pdf)
    root.write_text(root_certificates_pem())
    for words in (
        ["-N", "--empty-password"],
        ["-A", "-n", "root", "-t", "CT,C,C", "-i", str(root)],
    ):
        subprocess.run(["certutil", "-d", store, *words], check=True, capture_output=True)
    command = ["pdfsig", "-nssdir", store, str(file)]
    return subprocess.run(command, capture_output=True, text=True).stdout


@pytest.mark.django_db(transaction=True)
def test_twenty_three_sign_one_of_them_later_and_everybody_can_check_it(
    members: list[Organisation],
    secretariat: User,
    lead_a: User,
    lead_b: User,
    page_of: Callable[[User], Page],
    tmp_path: Path,
) -> None:
    try:
        find_pdfsig()
    except StepFailed as absent:
        pytest.skip(f"NOT CHECKED BY pdfsig: {absent}")
    desk = page_of(secretariat)
    desk.goto("/a/historic/agreements/new/")
    desk.fill("#id_title", "片区共建协议")
    desk.get_by_role("button", name="从现成条款开始").click()
    desk.wait_for_url("**/edit/")
    version = AgreementVersion.objects.get()

    # One lead approves, the text changes, the other's approval finds it lapsed: asked again.
    first = ask_to_settle(desk, version)
    approve(page_of(lead_a), first)
    clause = version.clauses.get(number=9)
    save_clause(version=version, clause=clause, heading="生效", text="确认后生效。", by=secretariat)
    other = page_of(lead_b)
    approve(other, first)
    assert "作废" in other.content()
    second = ask_to_settle(desk, version)
    for lead in (lead_a, lead_b):
        approve(page_of(lead), second)

    # Everybody but one confirms; that one declines, and accedes once it is in force.
    late = members[-1]
    began = time.monotonic()
    for body in members[:-1]:
        page = page_of(signatory(body))
        sign(page, version, body, "确认，完成")
        page.context.close()
    signed = time.monotonic() - began
    page = page_of(signatory(late))
    page.goto(f"{version.path}sign/{late.pk}/")
    page.get_by_text("不能确认？").click()
    page.fill("#decline_why", "待上级批准")
    page.get_by_role("button", name="谢绝").click()
    page.wait_for_url(f"**{version.path}")
    version.refresh_from_db()
    assert version.state == AgreementVersion.State.IN_FORCE
    sign(page, version, late, "确认加入")

    file = sealed_by_the_worker(version)
    print(f"\n{PARTIES} organisations: {signed:.1f} s to sign, {len(file.content):,} bytes")
    told = pdfsig(bytes(file.content), tmp_path)
    assert told.count("Signature is Valid.") == PARTIES + 1
    assert told.count("Certificate is Trusted.") == PARTIES + 1
    assert "Total document signed" in told.rsplit("Signature #", 1)[1]

    page.goto(version.path)
    with page.expect_download() as kept:
        page.get_by_role("link", name="下载签署文件").click()
    assert Path(kept.value.path()).read_bytes() == bytes(file.content)

    tampered = bytearray(file.content)
    tampered[len(tampered) // 50] ^= 1
    changed = tmp_path / "changed"
    changed.mkdir()
    assert pdfsig(bytes(tampered), changed).count("Signature is Valid.") == 0
