"""Whoever asks for information is answered in time, in public, alone, or with a lawful no."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.looks import looks_at
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.queries import records_of
from binglian.domain.openness.actions import (
    answer_privately,
    answer_publicly,
    ask_for_information,
    erase_due_contacts,
    extend_request,
    read_request_contact,
    refuse_request,
    watch_requests,
    withdraw_request,
)
from binglian.domain.openness.facts import Asked
from binglian.domain.openness.models import InformationRequest
from binglian.domain.openness.queries import (
    kept_in_time,
    public_answers,
    request_by_token,
    requests_visible_to,
)
from binglian.domain.openness.rules import grounds, periods
from binglian.domain.refusals import ActionRefused

from .conftest import PHONE, TEXT

Ask = Callable[..., InformationRequest]


def acts_of(request: InformationRequest) -> list[str]:
    return [one.act.removeprefix("information_request.") for one in records_of(request)]


def late(request: InformationRequest) -> None:
    """As if its time had run out this morning."""
    request.received_at -= timedelta(days=60)
    request.due_at = now() - timedelta(hours=1)
    request.save()


@pytest.mark.parametrize(
    ("came", "due"), [("2026-02-12", date(2026, 3, 18)), ("2025-09-01", date(2025, 9, 28))]
)
def test_the_clock_counts_working_days_with_make_up_weekends(ask: Ask, came: str, due: date):
    # By hand: 20 after 12 February 2026 with the Spring Festival; 28 September 2025 is a
    # Sunday on which offices worked.
    assert ask(came).due_on == due


def test_whoever_holds_the_link_finds_the_request_and_nobody_else_does(alliance: Alliance):
    made, token = ask_for_information(alliance=alliance, asked=Asked(text=TEXT))

    assert request_by_token(token) == made
    assert request_by_token(made.number) is None
    assert token not in made.token_digest


def test_a_contact_is_kept_only_with_consent_and_never_in_the_clear(ask: Ask, asked):
    with pytest.raises(ActionRefused, match="先征得同意"):
        ask(contact={"phone": PHONE})

    assert PHONE.encode() not in bytes(asked.sealed)
    assert ask().erased_at is not None
    assert PHONE not in "".join(LedgerEntry.objects.values_list("change", flat=True))


def test_the_ledger_keeps_no_word_of_the_wish(asked: InformationRequest):
    kept = LedgerEntry.objects.values_list("change", "object_label")

    assert TEXT not in str(list(kept))


def test_a_public_answer_is_read_by_everybody_in_the_words_of_the_desk(
    asked: InformationRequest, alliance: Alliance, secretariat: User
):
    answer_publicly(
        request=asked, public_text="广兴里修缮费用", answer="共 120 万元。", by=secretariat
    )

    shown = public_answers(alliance).get()
    assert (shown.public_text, shown.answer) == ("广兴里修缮费用", "共 120 万元。")
    assert acts_of(asked) == ["received", "answered_publicly"]


def test_a_number_that_is_certainly_somebodys_does_not_go_out(
    asked: InformationRequest, secretariat: User
):
    with pytest.raises(ActionRefused, match="手机号"):
        answer_publicly(request=asked, public_text="费用", answer=f"请打 {PHONE}。", by=secretariat)

    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("waiting", "")


def test_an_answer_to_the_asker_alone_is_not_listed(
    asked: InformationRequest, alliance: Alliance, secretariat: User
):
    answer_privately(request=asked, answer=f"请打 {PHONE}。", by=secretariat)

    assert public_answers(alliance).count() == 0


def test_a_refusal_names_its_lawful_ground_and_explains(
    asked: InformationRequest, secretariat: User
):
    with pytest.raises(ActionRefused, match="选一条"):
        refuse_request(request=asked, ground="不想说", answer="不公开。", by=secretariat)
    refused = refuse_request(
        request=asked, ground="not_held", answer="查过 2025 年合同，没有。", by=secretariat
    )

    assert refused.reason == grounds()["not_held"]
    assert refused.reason.basis == "《政府信息公开条例》第三十六条第（四）项"


def test_only_the_desk_answers(asked: InformationRequest, giver: User, alliance: Alliance):
    with pytest.raises(PermissionDenied):
        answer_privately(request=asked, answer="好。", by=giver)
    with pytest.raises(PermissionDenied):
        read_request_contact(request=asked, reason="问一下", by=giver)

    assert requests_visible_to(giver, alliance).count() == 0


def test_nobody_is_answered_twice(asked: InformationRequest, secretariat: User):
    answer_privately(request=asked, answer="好。", by=secretariat)

    with pytest.raises(ActionRefused, match="已经办理"):
        answer_privately(request=asked, answer="再说一次。", by=secretariat)


def test_time_is_extended_once_as_long_again_for_a_reason_the_asker_reads(
    ask: Ask, secretariat: User
):
    asked = ask()
    before = asked.due_on
    with pytest.raises(ActionRefused, match="申请人会看到"):
        extend_request(request=asked, reason=" ", by=secretariat)
    extended = extend_request(request=asked, reason="要征求产权单位意见", by=secretariat)

    assert extended.due_on > before + timedelta(days=periods()["extension"].working_days)
    assert extended.extension_reason == "要征求产权单位意见"
    with pytest.raises(ActionRefused, match="不能再延"):
        extend_request(request=asked, reason="还要时间", by=secretariat)


def test_what_is_late_is_not_extended_any_more(asked: InformationRequest, secretariat: User):
    late(asked)

    with pytest.raises(ActionRefused, match="超过答复期限"):
        extend_request(request=asked, reason="忙", by=secretariat)


def test_what_is_late_is_noted_once_and_the_leads_learn_of_it(
    asked: InformationRequest, secretariat: User, lead_a: User, lead_b: User
):
    late(asked)
    watch_requests()
    watch_requests()

    assert acts_of(asked) == ["received", "overdue"]
    told = f"信息公开申请 {asked.number} 已超过答复期限（{localdate():%Y-%m-%d}）。"
    for person in (secretariat, lead_a, lead_b):
        assert next(one.text_zh for one in person.notifications.all()) == told


def test_the_desk_is_warned_before_the_time_is_over(ask: Ask, secretariat: User):
    asked = ask()
    asked.received_at -= timedelta(days=30)
    asked.due_at = now() + timedelta(days=2)
    asked.save()
    watch_requests()

    told = secretariat.notifications.first().text_zh
    assert told == f"信息公开申请 {asked.number} 将于 {asked.due_on:%Y-%m-%d} 到期，请尽快答复。"


def test_every_look_at_a_contact_is_told_to_the_asker(asked: InformationRequest, secretariat: User):
    contact = read_request_contact(request=asked, reason="问清年份", by=secretariat)

    looks = looks_at(asked, "information_request.contact_read")
    assert contact == {"phone": PHONE}
    assert [(one.by, one.reason) for one in looks] == [("secretariat", "问清年份")]


def test_taking_it_back_erases_words_and_contact_at_once(
    asked: InformationRequest, secretariat: User
):
    withdraw_request(request=asked)
    asked.refresh_from_db()

    assert (asked.state, asked.text, bytes(asked.sealed)) == ("withdrawn", "", b"")
    with pytest.raises(ActionRefused, match="已经办理"):
        answer_privately(request=asked, answer="好。", by=secretariat)


def test_what_was_made_public_stays_when_the_asker_leaves(
    asked: InformationRequest, alliance: Alliance, secretariat: User
):
    answer_publicly(request=asked, public_text="费用", answer="120 万元。", by=secretariat)
    withdraw_request(request=asked)

    shown = public_answers(alliance).get()
    assert (shown.public_text, shown.text, bytes(shown.sealed)) == ("费用", "", b"")


def test_the_clock_erases_contacts_once_the_request_is_answered(
    asked: InformationRequest, secretariat: User
):
    day = asked.erase_on
    assert erase_due_contacts(today=day) == 0  # still waiting: the desk may have to ask
    answer_privately(request=asked, answer="好。", by=secretariat)

    assert erase_due_contacts(today=day - timedelta(days=1)) == 0
    assert erase_due_contacts(today=day) == 1
    asked.refresh_from_db()
    assert bytes(asked.sealed) == b""


def test_kept_in_time_counts_late_answers_and_late_silence_and_hides_small_shares(
    ask: Ask, alliance: Alliance, secretariat: User
):
    rows = [ask() for _ in range(6)]
    late(rows[0])
    late(rows[1])
    answer_privately(request=rows[0], answer="晚了。", by=secretariat)
    answer_privately(request=rows[2], answer="好。", by=secretariat)
    few = kept_in_time(alliance)
    for one in rows[3:5]:
        answer_publicly(request=one, public_text="费用", answer="120 万元。", by=secretariat)
    kept = kept_in_time(alliance)

    assert (few.due, few.is_shown) == (3, False)
    assert (kept.due, kept.in_time, kept.percent, kept.waiting) == (5, 3, 60, 2)
    assert (kept.public, kept.private, kept.refused) == (2, 2, 0)
