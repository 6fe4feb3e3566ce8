"""The sentences about faults of a JSON document, in Chinese and English."""

from enum import StrEnum

from binglian.engine.coupling.candidates.finding import Rule


class Code(StrEnum):
    """What is wrong."""

    NOT_JSON = "not_json"
    NOT_UTF8 = "not_utf8"
    TOO_DEEP = "too_deep"
    LONG_NUMBER = "long_number"
    SCHEMA = "schema"
    TYPE = "type"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    KEY_TWICE = "key_twice"
    REF_TWICE = "ref_twice"
    NO_SUCH = "no_such"
    EMPTY = "empty"
    RANGE = "range"
    ABOVE_ZERO = "above_zero"
    NO_NUMBER = "no_number"
    STEP = "step"
    DECIMALS = "decimals"
    BROKEN_TEXT = "broken_text"
    DATE = "date"
    TIME = "time"
    ENDS_EARLY = "ends_early"
    HALF_PLACE = "half_place"
    CHOICE = "choice"
    LENGTHS = "lengths"
    SLOTS = "slots"
    PAIR_TWICE = "pair_twice"
    PAIR_RULE = "pair_rule"
    PRODUCT = "product"


EXPECTED = {
    "zh": {
        "object": "一个对象 {…}",
        "list": "一个列表 […]",
        "text": "文字",
        "name": "文字或整数",
        "number": "数字",
        "whole number": "整数",
        "yes or no": "true 或 false",
        "slots": '列表 […] 或 "half-days"',
        "pairs": "列表 […] 或各列等长的对象 {…}",
        "prices": "数字，或每个时段一个数字的列表",
    },
    "en": {
        "object": "an object {…}",
        "list": "a list […]",
        "text": "text",
        "name": "text or a whole number",
        "number": "a number",
        "whole number": "a whole number",
        "yes or no": "true or false",
        "slots": 'a list […] or "half-days"',
        "pairs": "a list […] or an object {…} of columns",
        "prices": "a number, or a list with one number per slot",
    },
}
THING: dict[str, dict[type, str]] = {
    "zh": {list: "{count} 项的列表", dict: "{count} 个键的对象"},
    "en": {list: "a list of {count}", dict: "an object of {count} keys"},
}
NEAREST = {"zh": "是否指 {near}？", "en": " Did you mean {near}?"}
MORE = {"zh": "另有 {count} 处。", "en": "And {count} more."}
FAULTS: dict[str, dict[Code, str]] = {
    "zh": {
        Code.NOT_JSON: "第 {line} 行第 {column} 列起不是 JSON（{why}）。请检查引号、逗号和括号。",
        Code.NOT_UTF8: "第 {byte} 个字节不是 UTF-8。请把文件另存为 UTF-8。",
        Code.TOO_DEEP: "括号嵌套太深。请对照格式（binglian couple schema）重写。",
        Code.LONG_NUMBER: "文件中有位数过多的整数。请改小。",
        Code.SCHEMA: '是 {value}，应为 "{wanted}"。请核对文件和版本。',
        Code.TYPE: "是 {value}，应为{expected}。请改正。",
        Code.UNKNOWN_KEY: "不认识这个键。{near}请改正或删去。",
        Code.MISSING_KEY: "缺这一项。请补上。",
        Code.KEY_TWICE: "同一个键写了两次。请只留一个。",
        Code.REF_TWICE: "ref {value} 在 {first} 已用过。请改成不同的 ref。",
        Code.NO_SUCH: "清单 {where} 里没有 ref {value}。{near}请改正。",
        Code.EMPTY: "是空的，至少要有一项。请补上。",
        Code.RANGE: "是 {value}，应在 {least} 与 {most} 之间。请改正。",
        Code.ABOVE_ZERO: "是 {value}，应大于 0。请改正。",
        Code.NO_NUMBER: "是 {value}，不是有限的数。请改成普通数字。",
        Code.STEP: "是 {value}，不是 1/{scale} 的整数倍。请取整，或改大 scale。",
        Code.DECIMALS: "是 {value}，小数多于 {most} 位。请四舍五入。",
        Code.BROKEN_TEXT: "{value} 里有半个字符。请改正文字。",
        Code.DATE: '是 {value}，不是日期。请写成 "2026-03-01"。',
        Code.TIME: '是 {value}，不是时刻。请写成 "14:00"，一天结束写 "24:00"。',
        Code.ENDS_EARLY: "{first} 到 {last}：结束早于或等于开始。请改正。",
        Code.HALF_PLACE: "经度、纬度只写了一个。请补上另一个，或都删去。",
        Code.CHOICE: "是 {value}，应为其中之一：{choices}。请改正。",
        Code.LENGTHS: "有 {value} 项，而 offer 有 {wanted} 项。各列应等长，请补齐。",
        Code.SLOTS: "有 {value} 个数，而问题有 {wanted} 个时段。请补齐。",
        Code.PAIR_TWICE: "同一配对在 {first} 已列出。请合并为一行。",
        Code.PAIR_RULE: "资源 {offer} 不能供给需求 {need}：{rules}。请删去这一对，或改正清单。",
        Code.PRODUCT: "{value} × 数量太大，无法精确计算。请换用较大的计量单位。",
    },
    "en": {
        Code.NOT_JSON: "Not JSON from line {line}, column {column} on ({why})."
        " Check quotation marks, commas and brackets.",
        Code.NOT_UTF8: "Byte {byte} is not UTF-8. Save the file as UTF-8.",
        Code.TOO_DEEP: "Brackets are nested too deeply. See the form: binglian couple schema.",
        Code.LONG_NUMBER: "A whole number in the file has too many digits. Make it smaller.",
        Code.SCHEMA: 'is {value} instead of "{wanted}". Check the file and its version.',
        Code.TYPE: "is {value}, expected {expected}.",
        Code.UNKNOWN_KEY: "unknown key.{near} Correct or delete it.",
        Code.MISSING_KEY: "is missing. Add it.",
        Code.KEY_TWICE: "the same key is written twice. Keep one.",
        Code.REF_TWICE: "ref {value} was used at {first} already. Choose another.",
        Code.NO_SUCH: "there is no ref {value} in {where}.{near} Correct it.",
        Code.EMPTY: "is empty. Give at least one.",
        Code.RANGE: "is {value}, not between {least} and {most}.",
        Code.ABOVE_ZERO: "is {value}, not above 0.",
        Code.NO_NUMBER: "is {value}, not a finite number. Write an ordinary number.",
        Code.STEP: "is {value}, not a multiple of 1/{scale}. Round it or enlarge the scale.",
        Code.DECIMALS: "is {value}, with more than {most} decimals. Round it.",
        Code.BROKEN_TEXT: "{value} holds half a character. Correct the text.",
        Code.DATE: 'is {value}, not a date. Write it as "2026-03-01".',
        Code.TIME: 'is {value}, not a time of day. Write it as "14:00"; a day ends at "24:00".',
        Code.ENDS_EARLY: "{first} to {last} ends before or as it begins. Correct it.",
        Code.HALF_PLACE: "has only one of longitude and latitude. Give both or none.",
        Code.CHOICE: "is {value}, not one of {choices}.",
        Code.LENGTHS: "has {value} entries where offer has {wanted}. Columns are equally long.",
        Code.SLOTS: "has {value} numbers where the problem has {wanted} slots.",
        Code.PAIR_TWICE: "this pair was listed at {first} already. Make it one row.",
        Code.PAIR_RULE: "offer {offer} cannot serve need {need}: {rules}."
        " Delete the pair or correct the lists.",
        Code.PRODUCT: "{value} × quantity is too large to count exactly. Use a larger unit.",
    },
}
RULES: dict[str, dict[Rule, str]] = {
    "zh": {
        Rule.KIND: "类别不同",
        Rule.OWN: "两边是同一单位",
        Rule.EXCLUDED: "资源不提供给该单位",
        Rule.RULED_OUT: "需求排除了该单位",
        Rule.CONDITION: "需求不接受资源附带的条件",
        Rule.UNIT: "计量单位不同",
        Rule.TAGS: "没有相同的标签",
        Rule.TIME: "时间不重合",
        Rule.DISTANCE: "超出服务半径",
    },
    "en": {
        Rule.KIND: "the kinds differ",
        Rule.OWN: "both are of one organisation",
        Rule.EXCLUDED: "the offer does not serve this organisation",
        Rule.RULED_OUT: "the need rules this organisation out",
        Rule.CONDITION: "the need refuses a condition of the offer",
        Rule.UNIT: "the units differ",
        Rule.TAGS: "no tag in common",
        Rule.TIME: "no time in common",
        Rule.DISTANCE: "farther away than the need allows",
    },
}
