"""What law sends elsewhere is recognised by words, and the right address told."""

import pytest

from binglian.domain.matters.diversions import ADVICE, hints_in
from binglian.domain.matters.models import Matter


def test_each_of_the_six_kinds_has_its_advice():
    assert set(ADVICE) == set(Matter.Diversion)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("三楼着火了，冒浓烟", ["emergency"]),
        ("楼道里有煤气味，一位老人晕倒", ["emergency"]),
        ("老板拖欠工资，想申请仲裁", ["statutory"]),
        ("又反映一次，还是没人管", ["repeated"]),
        ("他的身份证号是多少", ["secret"]),
        ("房东押金不退", ["beyond"]),
        ("这里有人代开发票", ["unlawful"]),
        ("院里下水道堵了", []),
        ("消防通道被占，担心着火时进不去，想起诉物业", ["emergency", "statutory"]),
    ],
)
def test_a_text_tells_its_kind(text, kinds):
    assert [hint.advice.kind.value for hint in hints_in(text)] == kinds


def test_whoever_is_in_danger_reads_the_numbers_first():
    [hint] = hints_in("有人落水")

    assert [channel.phone for channel in hint.advice.channels] == ["110", "119", "120", "122"]
    assert hint.words == ("有人落水",)
