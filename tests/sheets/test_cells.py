"""One cell to one value."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binglian.sheets.cells import (
    CellError,
    TimeWindow,
    canonical_unit,
    normalise,
    read_choice,
    read_date,
    read_flag,
    read_names,
    read_number,
    read_quantity,
    read_tags,
    read_windows,
    scaled_unit,
    write_windows,
)
from binglian.sheets.columns import KIND_SYNONYMS, PRIORITIES

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("12台", "12", "台"),
        ("１２台", "12", "台"),
        ("1,200", "1200", ""),
        ("三十", "30", ""),
        ("一百二十人", "120", "人"),
        ("两千五百元", "2500", "元"),
        ("2.5小时", "2.5", "小时"),
        ("半天", "0.5", "天"),
        ("两天半", "2.5", "天"),
        ("两个半小时", "2.5", "小时"),
        ("2万元", "20000", "元"),
        ("1.2亿元", "120000000", "元"),
        ("¥20000", "20000", "元"),
        ("500㎡", "500", "平方米"),
        ("5千克", "5", "千克"),
        ("每周2场", "2", "场/周"),
        ("20个（含5个充电位）", "20", "个"),
        ("20 seats", "20", "seats"),
        (3, "3", ""),
        (2.5, "2.5", ""),
        (0.1 + 0.2, "0.3", ""),
    ],
)
def test_an_exact_quantity_has_its_amount_and_unit(written, amount, unit):
    quantity = read_quantity(written)
    assert (quantity.amount, quantity.unit, quantity.approximate) == (Decimal(amount), unit, False)


@pytest.mark.parametrize(
    ("written", "amount", "low", "high"),
    [
        ("3-5名", 3, 3, 5),
        ("3名—5名", 3, 3, 5),
        ("三到五名", 3, 3, 5),
        ("2-3万元", 20_000, 20_000, 30_000),
        ("2万至3万元", 20_000, 20_000, 30_000),
        ("约20个", 20, 20, 20),
        ("20余人", 20, 20, 20),
        ("20人左右", 20, 20, 20),
        ("不少于20人", 20, 20, None),
        ("10+", 10, 10, None),
        ("最多5名", 5, None, 5),
        ("若干", None, None, None),
        ("若干名", None, None, None),
        ("不限", None, None, None),
        ("几十人", None, None, None),
    ],
)
def test_a_vague_quantity_says_what_is_sure(written, amount, low, high):
    quantity = read_quantity(written)
    assert (quantity.amount, quantity.low, quantity.high) == (amount, low, high)
    assert quantity.approximate


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-5",
        "5-3",
        "2场，每场40人",
        "10箱×24瓶",
        "很多人要来",
        "#REF!",
        "1" * 20,
        True,
        float("nan"),
    ],
)
def test_what_is_no_quantity_is_refused_with_its_value_and_a_remedy(written):
    with pytest.raises(CellError) as refused:
        read_quantity(written)
    assert f"“{normalise(written)}”" in refused.value.message
    assert refused.value.remedy


def test_a_range_that_excel_made_a_date_is_explained():
    with pytest.raises(CellError) as refused:
        read_quantity(dt.datetime.fromisoformat("2026-03-05"))
    assert "3-5" in refused.value.remedy


@pytest.mark.parametrize(
    "written",
    [
        "2026.3.5",
        "2026/3/5",
        "2026-03-05",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "２０２６．３．５",
        "二〇二六年三月五日",
        "2026年3月5日（周四）",
        "2026-03-05 00:00:00",
        "3月5日",
        "3月5日前",
        "3/5",
        "26.3.5",
        "20260305",
        20260305,
        46086,
        46086.5,
        "46086",
        "5 March 2026",
        "March 5, 2026",
        dt.datetime.fromisoformat("2026-03-05T09:30"),
        dt.date(2026, 3, 5),
    ],
)
def test_one_day_can_be_written_in_many_ways(written):
    assert read_date(written, 2026) == dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年3月", dt.date(2026, 3, 1)),
        ("2026-03", dt.date(2026, 3, 1)),
        ("2026年6月底前", dt.date(2026, 6, 30)),
        ("12月上旬", dt.date(2026, 12, 10)),
        ("年底", dt.date(2026, 12, 31)),
    ],
)
def test_a_month_begins_on_its_first_day_and_ends_on_its_last(written, day):
    assert read_date(written, 2026) == day


@pytest.mark.parametrize(
    "written", ["2026.2.30", "2026-13-01", "尽快", "5/3/2026", 2026.1, 3.5, 12, "", None, True]
)
def test_an_impossible_or_ambiguous_date_is_refused(written):
    with pytest.raises(CellError) as refused:
        read_date(written, 2026)
    assert refused.value.remedy


def test_an_impossible_day_names_the_length_of_the_month():
    with pytest.raises(CellError) as refused:
        read_date("2026.2.30", None)
    assert refused.value.message == "没有“2026.2.30”这一天。"
    assert refused.value.remedy == "2026 年 2 月只有 28 天，请核对。"


def test_a_date_without_a_year_asks_for_it():
    with pytest.raises(CellError, match="没有写年份"):
        read_date("3月5日", None)


SPRING = {"first_on": dt.date(2026, 3, 1), "last_on": dt.date(2026, 5, 31)}
WORKDAYS, WEEKEND = frozenset(range(1, 6)), frozenset({6, 7})


@pytest.mark.parametrize(
    ("written", "windows"),
    [
        (
            "2026-03-01~2026-05-31 周二周四 14:00-17:00",
            [TimeWindow(**SPRING, weekdays=frozenset({2, 4}), start=dt.time(14), end=dt.time(17))],
        ),
        ("2026.3.1-5.31", [TimeWindow(**SPRING)]),
        ("3月1日至5月31日", [TimeWindow(**SPRING)]),
        ("2026年3-5月 周六日", [TimeWindow(**SPRING, weekdays=WEEKEND)]),
        ("2026年3月", [TimeWindow(dt.date(2026, 3, 1), dt.date(2026, 3, 31))]),
        ("11月1日至2月28日", [TimeWindow(dt.date(2026, 11, 1), dt.date(2027, 2, 28))]),
        ("2026-03-01起", [TimeWindow(first_on=dt.date(2026, 3, 1))]),
        ("5月31日前", [TimeWindow(last_on=dt.date(2026, 5, 31))]),
        ("长期", [TimeWindow()]),
        ("全天", [TimeWindow()]),
        ("工作日", [TimeWindow(weekdays=WORKDAYS)]),
        ("Mon-Fri", [TimeWindow(weekdays=WORKDAYS)]),
        ("weekends", [TimeWindow(weekdays=WEEKEND)]),
        ("周一、三、五", [TimeWindow(weekdays=frozenset({1, 3, 5}))]),
        ("星期二", [TimeWindow(weekdays=frozenset({2}))]),
        ("上午", [TimeWindow(start=dt.time(8), end=dt.time(12))]),
        ("下午2点到5点半", [TimeWindow(start=dt.time(14), end=dt.time(17, 30))]),
        ("2-5pm", [TimeWindow(start=dt.time(14), end=dt.time(17))]),
        ("18:00-24:00", [TimeWindow(start=dt.time(18))]),
        (
            "周一上午，周三下午",
            [
                TimeWindow(weekdays=frozenset({1}), start=dt.time(8), end=dt.time(12)),
                TimeWindow(weekdays=frozenset({3}), start=dt.time(12), end=dt.time(18)),
            ],
        ),
        (
            "3月1日、3月8日；周末 晚上",
            [
                TimeWindow(dt.date(2026, 3, 1), dt.date(2026, 3, 1)),
                TimeWindow(dt.date(2026, 3, 8), dt.date(2026, 3, 8)),
                TimeWindow(weekdays=WEEKEND, start=dt.time(18), end=dt.time(22)),
            ],
        ),
        ("", []),
    ],
)
def test_windows_are_read_as_people_write_them(written, windows):
    assert read_windows(written, 2026) == tuple(windows)


@pytest.mark.parametrize(
    "written", ["暑假", "14:00", "22:00-02:00", "2026-02-30", "周一 25:00-26:00"]
)
def test_a_window_that_is_not_understood_is_refused(written):
    with pytest.raises(CellError) as refused:
        read_windows(written, 2026)
    assert written in refused.value.message
    assert refused.value.remedy


days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@st.composite
def time_windows(draw):
    first, last = sorted([draw(days), draw(days)])
    start, end = sorted(draw(st.lists(times, min_size=2, max_size=2, unique=True)))
    return TimeWindow(
        first_on=draw(st.sampled_from([first, None])),
        last_on=draw(st.sampled_from([last, None])),
        weekdays=frozenset(draw(st.sets(st.integers(1, 7), min_size=1))),
        start=draw(st.sampled_from([start, None])),
        end=draw(st.sampled_from([end, None])),
    )


@given(st.lists(time_windows(), max_size=4, unique=True), st.sampled_from(["zh-hans", "en"]))
def test_windows_written_are_windows_read(windows, language):
    assert read_windows(write_windows(windows, language), None) == tuple(windows)


@given(time_windows())
def test_a_window_survives_json(window):
    assert TimeWindow.from_json(window.as_json()) == window


def test_tags_are_split_folded_and_named_once():
    assert read_tags("会议、投影；音响，会议/ＷｉＦｉ\n wifi | 茶歇") == (
        "会议",
        "投影",
        "音响",
        "WiFi",
        "茶歇",
    )


def test_the_comma_of_a_firm_does_not_split_its_name():
    assert read_names("Example Works Co., Ltd., 示例街道、示例社区") == (
        "Example Works Co., Ltd.",
        "示例街道",
        "示例社区",
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [("场地", "venue"), ("Venue", "venue"), ("venue", "venue"), ("车 位", "parking")],
)
def test_a_choice_is_known_by_code_label_or_synonym(written, code):
    assert read_choice(written, KIND_SYNONYMS) == code


def test_an_unknown_choice_suggests_the_nearest():
    with pytest.raises(CellError) as refused:
        read_choice("志愿着", KIND_SYNONYMS)
    assert refused.value.message == "没有“志愿着”这个选项。"
    assert "是否为“志愿者”？" in refused.value.remedy


def test_an_unknown_choice_lists_what_there_is():
    with pytest.raises(CellError) as refused:
        read_choice("看情况", PRIORITIES)
    assert refused.value.remedy == "请从中选一项：紧急、重要、一般。"


def test_numbers_and_flags():
    assert read_number("120.38°E", least=-180, most=180) == Decimal("120.38")
    assert read_number("北纬36.07", least=-90, most=90) == Decimal("36.07")
    assert [read_flag(word) for word in ("是", "√", "No", "无")] == [True, True, False, False]
    for bad in ("200", "东边"):
        with pytest.raises(CellError, match=bad):
            read_number(bad, least=-180, most=180)


def test_spellings_of_one_unit_are_one_unit():
    assert {canonical_unit(unit) for unit in ("名", "位", "人", "people")} == {"人"}
    assert canonical_unit("ｍ²") == canonical_unit("平方米")
    assert scaled_unit("万元") == (10_000, "元")
    assert scaled_unit("千克") == (1, "千克")


_pieces = st.sampled_from("0123456789") | st.sampled_from(
    "年月日号点时半周一二三四五六日天至到~-./:;；、,()（）约余若干万千百元个名起前底"
)
_words = st.sampled_from(
    ["2026", "上午", "下午", "工作日", "季度", "am", "pm", "Mon", "March", "次日", " ", "0000年"]
)


@given(st.lists(_pieces | _words, max_size=12).map("".join))
def test_whatever_is_typed_is_read_or_refused(text):
    for read in (
        read_quantity,
        read_number,
        lambda t: read_date(t, 2026),
        lambda t: read_windows(t, 2026),
    ):
        with suppress(CellError):
            read(text)


@pytest.mark.parametrize("read", [read_quantity, read_number, lambda text: read_date(text, 2026)])
def test_a_paragraph_is_no_value_and_is_refused_at_once(read):
    with pytest.raises(CellError, match="太长"):
        read("一" * 30_000)
