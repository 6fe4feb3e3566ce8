"""Claims about learning whom a report concerns."""

import io
import json

import numpy as np
import pytest

from binglian.engine.routing import (
    ModelFileError,
    NotEnoughTexts,
    cross_validate,
    read_model,
    score,
    train,
    write_model,
)

ROADS = [
    "人行道地砖松动，老人走路容易摔倒",
    "路口红绿灯坏了两天没人修",
    "门前马路坑洼积水，请尽快修补路面",
    "公交站牌被撞歪，候车人行道也塌了一块",
    "夜里路灯不亮，人行道看不清",
    "马路中间的井盖松动，过车就响",
]
DRAINS = [
    "院里下水道堵了，污水冒出来",
    "雨后院子排水不畅，污水倒灌进屋",
    "楼下污水管破裂，下水臭味很大",
    "化粪池满溢，污水流到院里",
    "下水井堵塞，厨房排水慢",
    "院内排水沟被杂物堵住，下雨就积污水",
]
NOISE = [
    "工地夜间施工噪声大，睡不着觉",
    "楼下酒吧深夜音响噪声扰民",
    "装修噪声从早到晚，影响孩子写作业",
    "广场音响声音太大，夜间扰民",
    "工地凌晨打桩，噪声扰民没人管",
    "夜间施工没有公示，噪声很大",
]
TEXTS = ROADS + DRAINS + NOISE
LABELS = ["道路"] * 6 + ["排水"] * 6 + ["噪声"] * 6


def test_a_new_report_goes_where_the_like_went_before():
    model = train(TEXTS, LABELS)
    assert model.predict("地下室下水堵塞，污水味道大").label == "排水"
    assert model.predict("夜间施工太吵，噪声扰民").label == "噪声"
    assert model.predict("人行道坑洼，路面请修补").label == "道路"


def test_it_says_by_which_words_of_the_text_it_went():
    found = train(TEXTS, LABELS).predict("污水从下水道冒出来了")
    assert found.label == "排水"
    assert "污水" in found.because
    assert all(word in "污水从下水道冒出来了" for word in found.because)


def test_shares_add_up_and_the_likeliest_comes_first():
    found = train(TEXTS, LABELS).predict("夜里太吵")
    assert sum(share for _, share in found.ranking) == pytest.approx(1)
    assert [share for _, share in found.ranking] == sorted(
        (share for _, share in found.ranking), reverse=True
    )
    assert found.ranking[0] == (found.label, found.confidence)


def test_a_text_it_knows_nothing_of_gets_less_confidence_than_one_it_knows():
    model = train(TEXTS, LABELS)
    assert model.predict("xyz").confidence < model.predict(NOISE[0]).confidence
    assert model.predict("").because == ()


def test_the_same_texts_give_the_same_model():
    first, second = io.BytesIO(), io.BytesIO()
    write_model(train(TEXTS, LABELS, seed=3), first)
    write_model(train(TEXTS, LABELS, seed=3), second)
    assert first.getvalue() == second.getvalue()


def test_a_model_read_back_says_the_same():
    model = train(TEXTS, LABELS)
    file = io.BytesIO()
    write_model(model, file)
    file.seek(0)
    again = read_model(file)
    assert [again.predict(text).label for text in TEXTS] == LABELS
    assert again.about == model.about
    assert again.predict("污水倒灌").because == model.predict("污水倒灌").because


def test_wide_characters_and_case_make_no_difference():
    model = train(TEXTS, LABELS)
    assert np.array_equal(model.scores("ABC路口１２"), model.scores("ａｂｃ路口12"))


def test_cross_validation_judges_only_texts_that_were_not_learned_from():
    found = cross_validate(TEXTS, LABELS)
    assert found is not None
    assert found.n == len(TEXTS)
    # Words that stand in one text only help nobody who has not seen it.
    letters = [chr(0x4E00 + number) for number in range(40)]
    alone = cross_validate(letters, ["甲", "乙"] * 20)
    assert alone is not None
    assert alone.accuracy == 0.5


def test_a_label_with_one_text_is_learned_but_not_judged():
    model = train([*TEXTS, "申请安装充电桩"], [*LABELS, "充电"])
    assert "充电" in model.labels
    found = cross_validate([*TEXTS, "申请安装充电桩"], [*LABELS, "充电"])
    assert found is not None
    assert found.n == len(TEXTS)


def test_one_label_is_nothing_to_learn():
    with pytest.raises(NotEnoughTexts):
        train(TEXTS, ["道路"] * len(TEXTS))


def test_scores_worked_out_by_hand():
    found = score(["a", "a", "b", "c"], ["a", "b", "b", "b"], seconds=0.0)
    # a: precision 1, recall 1/2; b: precision 1/3, recall 1; c: never found.
    assert found.accuracy == 0.5
    assert [round(found.per_label[name].f1, 6) for name in "abc"] == [0.666667, 0.5, 0.0]
    assert found.macro_f1 == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"\x93NUMPY", b"{}"])
def test_another_file_is_no_model(content):
    with pytest.raises(ModelFileError):
        read_model(io.BytesIO(content))


def test_a_model_of_another_form_is_refused():
    file = io.BytesIO()
    facts = np.frombuffer(json.dumps({"form": "other"}).encode(), dtype=np.uint8)
    np.savez(file, facts=facts)
    file.seek(0)
    with pytest.raises(ModelFileError):
        read_model(file)
