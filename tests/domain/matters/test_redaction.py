"""Nothing that tells who somebody is slips into a public text."""

import pytest

from binglian.domain.matters.actions import check_publication
from binglian.domain.matters.redaction import Kind, personal_in
from binglian.domain.refusals import ActionRefused


def kinds(text):
    return [(found.kind.name, found.text) for found in personal_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请打13900000000联系", [("MOBILE", "13900000000")]),
        ("电话 139-0000-0000。", [("MOBILE", "139-0000-0000")]),
        ("电话１３９００００００００", [("MOBILE", "１３９００００００００")]),
        ("身份证110101199003070038", [("ID_NUMBER", "110101199003070038")]),
        ("卡号4111 1111 1111 1111", [("CARD", "4111 1111 1111 1111")]),
        ("街道电话0532-80000000", [("PHONE", "0532-80000000")]),
        ("写信到 someone@example.org 吧", [("EMAIL", "someone@example.org")]),
        ("车牌鲁B·12345占了车位", [("PLATE", "鲁B·12345")]),
        ("新能源车鲁BD12345堵门", [("PLATE", "鲁BD12345")]),
        ("三楼王先生和李阿姨吵架", [("NAME", "王先生"), ("NAME", "李阿姨")]),
        ("我叫张三丰", [("NAME", "张三丰")]),
        ("住户赵某反映", [("NAME", "赵某")]),
    ],
)
def test_it_finds_what_tells_who_somebody_is(text, found):
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "院里下水道堵塞，已经三天了",
        "身份证110101199003070034",  # wrong check digit: some other number
        "订单4111111111111112",  # fails the card's check digit
        "2026年11月27日上午10点",
        "编号20261127-0012",
        "井盖编号1234567890123",
        "距离路口300米，约15户居民",
    ],
)
def test_it_leaves_ordinary_words_and_numbers_alone(text):
    assert kinds(text) == []


def test_positions_are_those_of_the_text():
    (found,) = personal_in("请打１３９００００００００。")

    assert (found.kind, found.start, found.end) == (Kind.MOBILE, 2, 13)


def test_what_is_certain_is_never_published(report, secretariat):
    matter = report("鲁B12345堵门，打13900000000")

    with pytest.raises(ActionRefused, match="车牌号“鲁B12345”（第 1 字）"):
        check_publication(matter=matter, public_text=matter.text, is_public=True, by=secretariat)


def test_an_answer_holds_no_number_of_a_person(handled, answer):
    with pytest.raises(ActionRefused, match="手机号"):
        answer(handled, text="请联系13900000000")


def test_likely_names_are_shown_and_left_to_a_person(report, secretariat):
    matter = check_publication(
        matter=report(), public_text="张经理已到现场", is_public=True, by=secretariat
    )

    assert matter.visibility == "public"
