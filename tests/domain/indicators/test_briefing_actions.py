"""From the records to a briefing that was sent."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.models import today
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Decision, Lead
from binglian.domain.indicators.actions import (
    ask_briefing,
    close_display,
    correct_briefing,
    open_display,
    recompose_briefing,
    start_briefing,
    write_briefing,
)
from binglian.domain.indicators.actions.briefings import SENDING
from binglian.domain.indicators.briefing.reading import brief, briefings_visible_to
from binglian.domain.indicators.cockpit import display_of
from binglian.domain.indicators.models import Briefing
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def draft(alliance, secretariat, propose, giver):
    propose()
    return start_briefing(alliance=alliance, on=today(), by=secretariat)


def written(briefing, by, edition=0, done="本月平稳。", left_out=()):
    texts = {"done": done, "stuck": "", "ahead": "", "cases": ""}
    return write_briefing(briefing=briefing, texts=texts, left_out=left_out, edition=edition, by=by)


def sent(briefing, secretariat, lead_a, lead_b):
    ask_briefing(briefing=briefing, by=secretariat)
    decision = Decision.objects.get(act=SENDING, state="asked")
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)
    briefing.refresh_from_db()
    return briefing


def acts():
    rows = LedgerEntry.objects.filter(act__startswith="briefing.").order_by("number")
    return list(rows.values_list("act", flat=True))


def test_a_briefing_is_composed_written_agreed_to_by_both_leads_and_sent(
    draft, secretariat, lead_a, lead_b, giver
):
    written(draft, secretariat)

    sent(draft, secretariat, lead_a, lead_b)

    assert draft.state == "sent"
    assert draft.sent.texts["done"] == "本月平稳。"
    assert acts() == ["briefing.started", "briefing.written", "briefing.sent"]
    assert Notification.objects.filter(user=giver, text_zh__contains="月度简报已报送").count() == 1


def test_one_lead_is_not_enough(draft, secretariat, lead_a):
    ask_briefing(briefing=draft, by=secretariat)
    decision = Decision.objects.get(act=SENDING)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)

    draft.refresh_from_db()
    assert draft.state == "asked"
    with pytest.raises(ActionRefused, match="待牵头单位同意"):
        written(draft, secretariat)


def test_a_no_gives_it_back_to_its_writers(draft, secretariat, lead_b):
    ask_briefing(briefing=draft, by=secretariat)
    decision = Decision.objects.get(act=SENDING)
    answer_decision(decision=decision, lead=Lead.B, is_yes=False, by=lead_b, note="再核对")

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert acts()[-1] == "briefing.sent_back"


def test_an_alliance_that_reserves_it_for_nobody_sends_at_once(draft, alliance, secretariat):
    alliance.reserved = {SENDING: ""}
    alliance.save()

    assert ask_briefing(briefing=draft, by=secretariat).state == "sent"


def test_only_the_secretariat_writes_briefings(alliance, giver, viewer):
    for somebody in (giver, viewer):
        with pytest.raises(PermissionDenied):
            start_briefing(alliance=alliance, on=today(), by=somebody)


def test_a_month_has_one_briefing(draft, alliance, secretariat):
    with pytest.raises(ActionRefused, match="已经有了"):
        start_briefing(alliance=alliance, on=today(), by=secretariat)


def test_two_writers_notice_each_other(draft, secretariat):
    written(draft, secretariat)

    with pytest.raises(ActionRefused, match="刚由别人改过"):
        written(draft, secretariat, edition=0, done="另一种写法。")


def test_a_figure_that_there_is_not_cannot_be_named(draft, secretariat):
    with pytest.raises(ActionRefused, match="没有名为“满意度”的数据"):
        written(draft, secretariat, done="〔满意度〕")


def test_writing_never_touches_what_the_records_said(draft, secretariat):
    before = draft.latest.composition

    written(draft, secretariat, done="认领 999 项。")

    draft.refresh_from_db()
    assert draft.latest.composition == before


def test_a_text_longer_than_the_whole_paper_is_refused(draft, secretariat):
    with pytest.raises(ActionRefused, match="简报最多 4000 字"):
        written(draft, secretariat, done="字" * 4001)


def test_nothing_that_is_stuck_can_be_left_out(draft, secretariat, propose, giver):
    stuck = {"stuck": {"lines": [], "total": 1}}
    version = draft.latest
    version.composition["parts"] |= stuck
    version.composition["parts"]["stuck"]["lines"] = [
        {"key": "commitment:1", "text": "等甲。", "on": "2026-03-01", "facts": "", "path": ""}
    ]
    version.save()

    with pytest.raises(ActionRefused, match="必须全部列出"):
        written(draft, secretariat, left_out=["commitment:1"])


def test_composing_anew_keeps_what_was_written(draft, secretariat, propose):
    written(draft, secretariat)
    propose()

    recompose_briefing(briefing=draft, by=secretariat)

    draft.refresh_from_db()
    figures = {one["code"]: one["now"] for one in draft.latest.composition["figures"]}
    assert draft.latest.texts["done"] == "本月平稳。"
    assert figures["needs"] == "2"


def test_a_correction_is_a_further_version_and_the_one_sent_stands_meanwhile(
    draft, secretariat, lead_a, lead_b
):
    sent(draft, secretariat, lead_a, lead_b)
    correct_briefing(briefing=draft, by=secretariat)
    written(Briefing.objects.get(), secretariat, done="更正：")

    draft = Briefing.objects.get()
    assert (draft.state, draft.sent.number, draft.latest.number) == ("draft", 1, 2)
    sent(draft, secretariat, lead_a, lead_b)
    assert Briefing.objects.get().sent.number == 2


def test_a_draft_is_read_by_writers_and_leads_only(
    draft, alliance, secretariat, lead_a, lead_b, viewer, giver
):
    seen = [briefings_visible_to(one, alliance).count() for one in (secretariat, lead_a, viewer)]
    assert seen == [1, 1, 0]

    sent(draft, secretariat, lead_a, lead_b)
    assert briefings_visible_to(viewer, alliance).count() == 1


def test_what_was_sent_is_what_the_command_writes(draft, alliance, secretariat, lead_a, lead_b):
    month = str(draft.period)
    assert brief(alliance, month).mark == "由记录直接生成，未经秘书处编写和报送。"

    written(draft, secretariat)
    sent(draft, secretariat, lead_a, lead_b)

    paper = brief(alliance, month)
    assert (paper.mark, paper.parts[0].text) == ("", "本月平稳。")


@pytest.mark.parametrize("typed", ["2026", "10", "2026-13", "上月"])
def test_a_month_that_is_none_is_refused(alliance, typed):
    with pytest.raises(ActionRefused, match="看不懂月份"):
        brief(alliance, typed)


def test_a_display_opens_until_it_is_closed(alliance, secretariat, viewer):
    display, token = open_display(alliance=alliance, name="大厅", by=secretariat)

    assert display_of(token) == display
    assert token not in display.token_digest
    close_display(display=display, by=secretariat)
    assert display_of(token) is None
    with pytest.raises(ActionRefused, match="已停用"):
        close_display(display=display, by=secretariat)
    with pytest.raises(PermissionDenied):
        open_display(alliance=alliance, name="走廊", by=viewer)
