"""A year is announced: deadlines counted provisionally are counted anew."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime

from binglian.command.main import main
from binglian.domain.alliance import calendar
from binglian.domain.alliance.actions import import_official_year
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import recount_deadlines
from binglian.domain.refusals import ActionRefused
from binglian.engine.working_time import OFFICIAL

#: Invented for this test: two days off in a week, and a Saturday worked instead.
DAYS = {date(2099, 9, 8): False, date(2099, 9, 9): False, date(2099, 9, 12): True}


@pytest.fixture(autouse=True)
def _the_bundled_calendar_afterwards():
    yield
    calendar.use(OFFICIAL)


@pytest.fixture
def far_away(handled):
    """Counted from Monday 7 September 2099: five working days end on Monday 14."""
    start = datetime(2099, 9, 7, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    handled.counted_from, handled.due_at = start, start.replace(day=14, hour=23, minute=59)
    handled.is_due_provisional = True
    handled.save()
    recount_deadlines(by=None)
    handled.events.filter(what="due_moved").delete()
    handled.refresh_from_db()
    return handled


def test_a_year_not_announced_is_provisional(far_away):
    assert far_away.is_due_provisional
    assert localtime(far_away.due_at).date() == date(2099, 9, 14)


def test_deadlines_are_counted_anew_and_each_change_is_told(far_away, administrator, giver):
    import_official_year(year=2099, days=DAYS, source="示例通知", by=administrator)

    assert recount_deadlines(by=administrator) == 1

    far_away.refresh_from_db()
    # Two days off and one worked Saturday later: one working day more.
    assert localtime(far_away.due_at).date() == date(2099, 9, 15)
    assert not far_away.is_due_provisional
    assert LedgerEntry.objects.filter(act="matter.due_moved").last().change == (
        '{"before":"2099-09-14","until":"2099-09-15"}'
    )
    assert "由 2099-09-14 调整为 2099-09-15" in giver.notifications.first().text_zh
    assert recount_deadlines(by=administrator) == 0


def test_only_the_administrator_imports_a_year_and_names_its_source(administrator, secretariat):
    with pytest.raises(PermissionDenied):
        import_official_year(year=2099, days=DAYS, source="示例通知", by=secretariat)
    with pytest.raises(ActionRefused, match="文件依据"):
        import_official_year(year=2099, days=DAYS, source=" ", by=administrator)
    with pytest.raises(ActionRefused, match="不在 2098 年"):
        import_official_year(year=2098, days=DAYS, source="示例通知", by=administrator)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("days.csv", "日期,休或班\n2099-09-08,休\n2099-09-09,休\n2099-09-12,班\n"),
        ("days.json", '{"2099-09-08": "休", "2099-09-09": "off", "2099-09-12": "班"}'),
    ],
)
def test_it_comes_from_a_file(tmp_path, administrator, far_away, name, text, capsys):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    assert main(["import", "calendar", str(path), "--source", "示例通知", "--lang", "zh"]) == 0

    assert "1 件诉求的期限有变动" in capsys.readouterr().out
    assert not calendar.is_working_day(date(2099, 9, 8))
    assert calendar.is_working_day(date(2099, 9, 12))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2099-09-08,休\n9月9日,休\n", "第 2 行：“9月9日”不是日期"),
        ("2099-09-08,也许\n", "第 1 行：“也许”请写“休”或“班”"),
        ("", "没有一天"),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(tmp_path, text, words, capsys):
    path = tmp_path / "days.csv"
    path.write_text(text, encoding="utf-8")

    assert main(["import", "calendar", str(path), "--source", "示例", "--lang", "zh"]) == 2

    assert words in capsys.readouterr().err
