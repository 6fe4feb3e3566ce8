"""The sentences about unmet needs, in Chinese and English."""

from binglian.engine.coupling.candidates.finding import Rule

from .obstacles import Cause

BUNDLE = {
    "zh": "整组需求须同时满足，卡在「{part}」一项",
    "en": "all parts must come together and “{part}” holds them up",
}
EARLIER = {"zh": "（见此前承诺）", "en": "earlier commitments"}
COMPUTE_ON = {
    "zh": "余量看来足够，延长运算时间或由秘书处手工调整即可。",
    "en": "Enough seems to be left: let the run take longer, or adjust by hand.",
}
HELP = {
    "zh": {
        "enough": "再有一项{wish}即可满足。",
        "first": "最有帮助的是再有一项{wish}，但其余缺项仍需补齐。",
    },
    "en": {
        "enough": "One more offer would meet it: {wish}.",
        "first": "One more offer would help most: {wish}; the other missing parts remain.",
    },
}
WHY: dict[str, dict[Cause, str]] = {
    "zh": {
        Cause.NOBODY: "没有单位提供{kind}",
        Cause.OWN_ONLY: "只有本单位自己提供{kind}，没有其他单位提供",
        Cause.OTHER_UNIT: "有单位提供{kind}，但计量单位不是「{unit}」",
        Cause.OTHER_TAGS: "有单位提供{kind}，但没有带{tags}标签的",
        Cause.OTHER_TIME: "有单位提供{kind}，但{time}没有空档",
        Cause.TOO_FAR: "有单位提供{kind}，但都在 {km} 公里以外",
        Cause.CONDITION_REFUSED: "有单位提供{kind}，但附带的条件{refused}不被接受",
        Cause.EXCLUDED: "有单位提供{kind}，但双方之一排除了对方",
        Cause.LOT_TOO_LARGE: "「{part}」的资源有最小批量，凑不成所需数量",
        Cause.TOO_LITTLE: "合适的{kind}全部加起来也不够",
        Cause.SUPPLIER_LIMIT: "数量够，但要用到的供方超过上限 {limit} 家",
        Cause.PART_SUPPLIER_LIMIT: "「{part}」数量够，但要用到的供方超过每项上限 {part_limit} 家",
        Cause.NO_COMMON_SLOT: "各项分别都有，但没有一个时段能同时凑齐，{slot}只差「{part}」",
        Cause.TOO_FEW_SLOTS: "需要{times}，能凑齐的时段不够",
        Cause.EFFORT_LIMIT: "{tired}的工作量已到上限",
        Cause.BUDGET: "预算{budget}余 {money_left}，满足它约需 {money_asked}",
        Cause.GIVEN_TO_OTHERS: "合适的{kind}已用于总权重更高的需求：{rivals}",
        Cause.COSTS_MORE: "提供它的成本约 {cost} 分，高于它的权重 {worth} 分",
        Cause.NOT_FOUND: "运算时间内未找到安排办法",
    },
    "en": {
        Cause.NOBODY: "nobody offers {kind}",
        Cause.OWN_ONLY: "only the asking organisation itself offers {kind}",
        Cause.OTHER_UNIT: "offers of {kind} exist, but none is measured in “{unit}”",
        Cause.OTHER_TAGS: "offers of {kind} exist, but none is tagged {tags}",
        Cause.OTHER_TIME: "offers of {kind} exist, but none is free {time}",
        Cause.TOO_FAR: "offers of {kind} exist, but all are farther than {km} km",
        Cause.CONDITION_REFUSED: "offers of {kind} exist, but on refused terms: {refused}",
        Cause.EXCLUDED: "offers of {kind} exist, but one side rules the other out",
        Cause.LOT_TOO_LARGE: "offers for “{part}” have smallest lots that do not add up",
        Cause.TOO_LITTLE: "all offers of {kind} that fit are not enough together",
        Cause.SUPPLIER_LIMIT: "there is enough, but from more than {limit} organisation(s)",
        Cause.PART_SUPPLIER_LIMIT: (
            "there is enough for “{part}”, but from more than {part_limit} organisation(s)"
        ),
        Cause.NO_COMMON_SLOT: (
            "each part can be had, but never all at one time; {slot} only “{part}” is short"
        ),
        Cause.TOO_FEW_SLOTS: "it asks for {times}, and too few times can be filled",
        Cause.EFFORT_LIMIT: "{tired} can take on no more work",
        Cause.BUDGET: "budget {budget} has {money_left} left and this takes about {money_asked}",
        Cause.GIVEN_TO_OTHERS: "offers of {kind} that fit serve needs that weigh more: {rivals}",
        Cause.COSTS_MORE: "providing it costs about {cost} points, more than its weight of {worth}",
        Cause.NOT_FOUND: "the run ended before an arrangement was found",
    },
}
# What serving a need would cost the others: more than it is worth, less by the estimate though
# the answer is proven best, or less. "rest" is said of needs served in part.
PRICE = {
    "zh": {
        "whole dear": "按当前紧缺程度，满足它要挤掉约 {cost} 分的其他需求，而它的权重是 {worth} 分",
        "rest dear": "按当前紧缺程度，补足它要挤掉约 {cost} 分的其他需求，而这部分值 {worth} 分",
        "whole proven": "已证明：满足它要挤掉的其他需求，不少于它的权重 {worth} 分",
        "rest proven": "已证明：补足它要挤掉的其他需求，不少于这部分所值的 {worth} 分",
        "whole open": "估计满足它只需挤掉约 {cost} 分的其他需求，低于它的权重 {worth} 分，"
        "尚有调整余地",
        "rest open": "估计补足它只需挤掉约 {cost} 分的其他需求，低于这部分所值的 {worth} 分，"
        "尚有调整余地",
    },
    "en": {
        "whole dear": "at present, meeting it would displace about {cost} of other needs,"
        " but it weighs {worth}",
        "rest dear": "at present, completing it would displace about {cost} of other needs,"
        " but that part is worth {worth}",
        "whole proven": "proven: meeting it would displace other needs of no less than its weight"
        " of {worth}",
        "rest proven": "proven: completing it would displace other needs of no less than the"
        " {worth} that part is worth",
        "whole open": "meeting it might displace only about {cost} of other needs, less than its"
        " weight of {worth}: a longer run may find how",
        "rest open": "completing it might displace only about {cost} of other needs, less than"
        " the {worth} that part is worth: a longer run may find how",
    },
}
NEAREST: dict[str, dict[Rule, str]] = {
    "zh": {
        Rule.TIME: "最接近的是「{offer}」，只差时间",
        Rule.DISTANCE: "最接近的是「{offer}」，只是超出距离",
        Rule.CONDITION: "最接近的是「{offer}」，只差接受其条件",
        Rule.TAGS: "最接近的是「{offer}」，只差标签",
        Rule.UNIT: "最接近的是「{offer}」，只差计量单位",
        Rule.EXCLUDED: "最接近的是「{offer}」，只是该单位不向本单位提供",
        Rule.RULED_OUT: "最接近的是「{offer}」，只是需求方排除了该单位",
    },
    "en": {
        Rule.TIME: "the nearest is “{offer}”, only its time differs",
        Rule.DISTANCE: "the nearest is “{offer}”, only too far away",
        Rule.CONDITION: "the nearest is “{offer}”, only its condition is refused",
        Rule.TAGS: "the nearest is “{offer}”, only its tags differ",
        Rule.UNIT: "the nearest is “{offer}”, only its unit differs",
        Rule.EXCLUDED: "the nearest is “{offer}”, only it does not serve this organisation",
        Rule.RULED_OUT: "the nearest is “{offer}”, only the need rules its organisation out",
    },
}
