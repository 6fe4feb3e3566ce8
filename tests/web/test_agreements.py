"""Claims on the pages of agreements: drafting, commenting, signing with a second factor."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import today
from binglian.domain.governance.actions import answer_decision, ask_to_freeze, start_agreement
from binglian.domain.governance.models import (
    AgreementVersion,
    ClausePledge,
    Decision,
    Lead,
    Signature,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LIST = "/a/historic/agreements/"


@pytest.fixture(autouse=True)
def _no_limit_is_left_over():
    cache.clear()


def code(offset=0):
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + offset))


@pytest.fixture
def signatory(alliance, giving):
    user = User.objects.create(username="signatory", display_name="签署人")
    facts = {"role": Role.SIGNATORY.value, "organisation": giving, "from_on": today()}
    alliance.appointments.create(user=user, **facts)
    return user


@pytest.fixture
def with_phone(signatory):
    TOTP.activate(signatory, SECRET)
    return signatory


@pytest.fixture
def draft(alliance, secretariat):
    return start_agreement(alliance=alliance, kind="cobuilding", by=secretariat, title="共建协议")


@pytest.fixture
def frozen(draft, secretariat, lead_a, lead_b, giving, needing):
    decision = ask_to_freeze(version=draft, sign_until=today() + timedelta(days=9), by=secretariat)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def sign_url(frozen, giving):
    return f"{frozen.path}sign/{giving.pk}/"


def consent(page):
    return page.context["words"].consent


def test_an_empty_list_says_what_to_do(alliance, secretariat, client_of):
    assert "从现成条款开始改" in client_of(secretariat).get(LIST).content.decode()


def test_the_secretariat_begins_from_the_template_and_writes(
    alliance, secretariat, giving, needing, client_of
):
    client = client_of(secretariat)
    facts = {"kind": "cobuilding", "title": "共建协议", "notice_days": 30, "renewal_days": 60}
    begun = client.post(f"{LIST}new/", facts)
    version = AgreementVersion.objects.get()
    clause = version.clauses.get(number=2)
    edit = f"{version.path}edit/"
    prefix = f"clause-{clause.pk}"

    client.post(
        f"{edit}clause/",
        {"clause": clause.pk, f"{prefix}-heading": "组织", f"{prefix}-text": "新的条文。"},
    )
    client.post(f"{edit}move/", {"clause": clause.pk, "where": "up"})
    pledge = f"pledge-{clause.pk}"
    facts = {
        "clause": clause.pk,
        f"{pledge}-giver": giving.pk,
        f"{pledge}-receiver": needing.pk,
        f"{pledge}-title": "讲座",
        f"{pledge}-target": "4 场",
        f"{pledge}-due_on": today().isoformat(),
    }
    client.post(f"{edit}pledge/", facts)
    same = client.post(f"{edit}pledge/", facts | {f"{pledge}-receiver": giving.pk})

    clause.refresh_from_db()
    assert begun.url == edit
    assert (clause.number, clause.heading, clause.text) == (1, "组织", "新的条文。")
    assert ClausePledge.objects.get().target == "4 场"
    assert (same.status_code, "不能是同一个" in same.content.decode()) == (422, True)


def test_members_comment_and_are_answered(draft, secretariat, giver, giving, client_of):
    desk, member = client_of(secretariat), client_of(giver)
    desk.post(f"{draft.path}comments/", {"until": today().isoformat()})
    facts = {"organisation": giving.pk, "clause_number": 1, "text": "再写清楚"}
    member.post(f"{draft.path}comments/new/", facts)
    said = draft.comments.get()
    desk.post(f"{draft.path}comments/{said.pk}/", {"answer": "已改"})

    said.refresh_from_db()
    assert (said.text, said.answer) == ("再写清楚", "已改")


def test_the_text_is_put_before_the_leads(draft, secretariat, client_of):
    day = (today() + timedelta(days=9)).isoformat()

    answer = client_of(secretariat).post(f"{draft.path}freeze/", {"until": day})

    assert answer.url == f"/a/historic/decisions/{Decision.objects.get().pk}/"


def test_a_signatory_reads_ticks_types_the_code_and_is_done(
    frozen, with_phone, client_of, sign_url, giving
):
    client = client_of(with_phone)
    page = client.get(sign_url)
    facts = {"agree": "on", "consent": consent(page), "code": code()}

    answer = client.post(sign_url, facts)

    kept = Signature.objects.get(organisation=giving)
    assert (answer.status_code, answer.url) == (302, frozen.path)
    assert (kept.state, kept.method, kept.by) == ("signed", "totp", with_phone)
    assert kept.consent == consent(page)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"code": "now"}, "请先勾选同意"),
        ({"agree": "on"}, "请输入动态验证码"),
        ({"agree": "on", "code": "000000"}, "到核验处"),
    ],
)
def test_without_tick_or_right_code_nothing_is_signed(
    frozen, with_phone, client_of, sign_url, giving, facts, said
):
    client = client_of(with_phone)
    words = consent(client.get(sign_url))
    typed = {name: code() if value == "now" else value for name, value in facts.items()}

    answer = client.post(sign_url, {"consent": words, **typed})

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Signature.objects.get(organisation=giving).state == "awaited"


def test_a_code_is_good_once(frozen, with_phone, client_of, sign_url):
    words = consent(client_of(with_phone).get(sign_url))
    used = code()
    first, second = client_of(with_phone), client_of(with_phone)
    first.post(sign_url, {"agree": "on", "consent": words, "code": used})
    Signature.objects.filter(state="signed").update(state="awaited", by=None, at=None)

    answer = second.post(sign_url, {"agree": "on", "consent": words, "code": used})

    assert answer.status_code == 422


def test_guessing_codes_is_limited(frozen, with_phone, client_of, sign_url):
    client = client_of(with_phone)
    words = consent(client.get(sign_url))
    for guess in range(12):
        facts = {"agree": "on", "consent": words, "code": f"{guess:06d}"}
        answer = client.post(sign_url, facts)

    right = client.post(sign_url, {"agree": "on", "consent": words, "code": code()})

    assert (answer.status_code, right.status_code) == (422, 422)


def test_without_a_second_factor_one_is_shown_how_to_set_it_up(
    frozen, signatory, client_of, sign_url
):
    page = client_of(signatory).get(sign_url).content.decode()

    assert "/security/code/" in page


def test_one_click_stands_for_a_phone_in_the_demonstration_alone(
    frozen, signatory, client_of, sign_url, settings, giving
):
    client = client_of(signatory)
    facts = {"agree": "on", "consent": consent(client.get(sign_url)), "demonstration": "1"}

    real = client.post(sign_url, facts)
    settings.DEMO = True
    shown = client.get(sign_url).content.decode()
    demonstration = client.post(sign_url, facts)

    assert (real.status_code, demonstration.status_code) == (422, 302)
    assert "仅限演示" in shown
    assert Signature.objects.get(organisation=giving).method == "demonstration"


def test_a_member_declines_with_a_reason(frozen, with_phone, client_of, sign_url, giving):
    client = client_of(with_phone)

    without = client.post(sign_url, {"act": "decline", "why": " "})
    client.post(sign_url, {"act": "decline", "why": "待批准"})

    kept = Signature.objects.get(organisation=giving)
    assert (without.status_code, kept.state, kept.reason) == (422, "declined", "待批准")


def test_the_secretariat_sees_who_is_awaited_since_when(frozen, secretariat, client_of):
    page = client_of(secretariat).get(frozen.path)

    assert (len(page.context["awaited"]), page.context["total"]) == (4, 4)


def test_a_paper_is_handed_in_and_compared_by_another(
    frozen, secretariat, viewer, alliance, giving, client_of
):
    alliance.appointments.create(user=viewer, role=Role.SECRETARIAT.value, from_on=today())
    url = f"{frozen.path}paper/{giving.pk}/"
    scan = SimpleUploadedFile("盖章页.pdf", b"%PDF-1.7")
    client_of(secretariat).post(url, {"scan": scan})
    client_of(viewer).post(url, {"answer": "right"})
    kept = client_of(viewer).get(f"{url}scan/")

    assert Signature.objects.get(organisation=giving).state == "signed"
    assert (kept.content, kept.headers["Content-Type"]) == (
        b"%PDF-1.7",
        "application/octet-stream",
    )


def test_a_second_factor_is_set_up_with_a_phone(signatory, client_of):
    signatory.set_password("correct horse battery")
    signatory.save()
    client = client_of(signatory)
    asked = client.get("/security/code/")
    client.post(asked.url, {"password": "correct horse battery"})
    page = client.get("/security/code/")
    secret = page.context["form"].secret
    shown = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    client.post("/security/code/", {"code": shown})

    kept = Authenticator.objects.get(user=signatory)
    assert (asked.status_code, kept.type) == (302, "totp")
    assert secret not in str(kept.data)


def test_whoever_has_a_second_factor_shows_it_on_signing_in(with_phone, client_of):
    with_phone.set_password("correct horse battery")
    with_phone.save()
    client = client_of(with_phone)
    client.logout()

    first = client.post("/login/", {"login": "signatory", "password": "correct horse battery"})
    second = client.post(first.url, {"code": code()})

    assert (first.url, second.status_code, second.url) == ("/login/code/", 302, "/")
