"""The sentences about faults of plan files, in Chinese and English."""

from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]


class Code(StrEnum):
    """What is wrong with a file."""

    EMPTY = "empty"
    ENCODING = "encoding"
    UNKNOWN_FORMAT = "unknown_format"
    ENDS = "ends"
    SECTION = "section"
    MISSING = "missing"
    WHOLE = "whole"
    NUMBER = "number"
    LEAST = "least"
    MOST = "most"
    TRAILING = "trailing"
    NO_TASK = "no_task"
    TASK_TWICE = "task_twice"
    COUNT = "count"
    DOUBLY = "doubly"
    CYCLE = "cycle"
    NOT_XML = "not_xml"
    UNSAFE = "unsafe"
    TOO_DEEP = "too_deep"
    ROOT = "root"
    NO_TASKS = "no_tasks"
    MOMENT = "moment"
    DURATION = "duration"
    HOURS = "hours"
    BASES = "bases"
    ENDS_EARLY = "ends_early"
    CHOICE = "choice"
    NO_SUCH = "no_such"
    NOT_JSON = "not_json"
    SCHEMA = "schema"
    TYPE = "type"
    UNKNOWN_KEY = "unknown_key"
    KEY_TWICE = "key_twice"
    REF_TWICE = "ref_twice"
    NO_DATES = "no_dates"
    EITHER = "either"
    RUNS = "runs"
    PROBLEM = "problem"


PHRASES: dict[Language, dict[Code, str]] = {
    "zh": {
        Code.EMPTY: "文件是空的。请检查是否选对了文件。",
        Code.ENCODING: "认不出文字编码。请把文件另存为 UTF-8。",
        Code.UNKNOWN_FORMAT: "认不出这是哪种格式。请用 --format 指明，可选：{choices}。",
        Code.ENDS: "文件在这里就结束了，还缺这一项。请检查文件是否完整。",
        Code.SECTION: "没有找到“{section}”这一段。请检查文件是否完整。",
        Code.MISSING: "缺这一项。请补上。",
        Code.WHOLE: "是“{value}”，应为整数。请改正。",
        Code.NUMBER: "是“{value}”，应为数字。请改正。",
        Code.LEAST: "是 {value}，不能小于 {least}。请改正。",
        Code.MOST: "是 {value}，不能大于 {most}。请改正。",
        Code.TRAILING: "“{value}”是多余的：按文件开头的数目，内容到此已完。请核对数目。",
        Code.NO_TASK: "没有编号为 {value} 的任务。请改正编号。",
        Code.TASK_TWICE: "任务 {value} 已经写过。请只留一个。",
        Code.COUNT: "是 {value}，应为 {wanted}。请核对。",
        Code.DOUBLY: "有 {value} 种双重受限资源，本程序不支持。请改为可再生或不可再生资源。",
        Code.CYCLE: "这些任务互为前置，成了环：{tasks}。请去掉其中一条前后关系。",
        Code.NOT_XML: "从这里起不是 XML（{why}）。请从原程序重新导出。",
        Code.UNSAFE: "文件里有 DOCTYPE，可能不安全，已拒绝读取。请删去它。",
        Code.TOO_DEEP: "嵌套太深。请从原程序重新导出。",
        Code.ROOT: "最外层是“{value}”，应为“{wanted}”。请检查是否选对了文件。",
        Code.NO_TASKS: "文件里没有要排的任务。请检查是否选对了文件。",
        Code.MOMENT: "是“{value}”，应为日期或时刻，例如 2026-03-02T08:00:00。请改正。",
        Code.DURATION: "是“{value}”，应为工期，例如 PT40H0M0S。请改正。",
        Code.HOURS: "一天的工作时间有重叠，或结束不晚于开始。请改正日历。",
        Code.BASES: "日历 {value} 以自己为基准。请改正日历。",
        Code.ENDS_EARLY: "完成早于开始。请改正日期。",
        Code.CHOICE: "是“{value}”，应为其中之一：{choices}。请改正。",
        Code.NO_SUCH: "{where} 里没有“{value}”。{near}请改正。",
        Code.NOT_JSON: "第 {column} 列起不是 JSON（{why}）。请检查引号、逗号和括号。",
        Code.SCHEMA: "是“{value}”，应为“{wanted}”。请核对文件和版本。",
        Code.TYPE: "是 {value}，应为{expected}。请改正。",
        Code.UNKNOWN_KEY: "不认识这个键。{near}请改正或删去。",
        Code.KEY_TWICE: "同一个键写了两次。请只留一个。",
        Code.REF_TWICE: "“{value}”已用过。请改成不同的 ref。",
        Code.EITHER: "应写 duration（可带 demands），或写 modes，二者择一。请改正。",
        Code.RUNS: "各段应从单位 0 起，单位和分钟都递增。请改正。",
        Code.NO_DATES: "计划没有日期，写不成这种格式。请用 --start 指明开始日期。",
        Code.PROBLEM: "{why}。请改正。",
    },
    "en": {
        Code.EMPTY: "The file is empty. Check that it is the right one.",
        Code.ENCODING: "The text encoding is not known. Save the file as UTF-8.",
        Code.UNKNOWN_FORMAT: "The format is not known. Name it by --format: {choices}.",
        Code.ENDS: "the file ends here, and this is still missing. Check that it is whole.",
        Code.SECTION: "There is no section “{section}”. Check that the file is whole.",
        Code.MISSING: "is missing. Add it.",
        Code.WHOLE: "is “{value}”, expected a whole number. Correct it.",
        Code.NUMBER: "is “{value}”, expected a number. Correct it.",
        Code.LEAST: "is {value}, below {least}. Correct it.",
        Code.MOST: "is {value}, above {most}. Correct it.",
        Code.TRAILING: "“{value}” is too much: by the counts at the top all has been read."
        " Check the counts.",
        Code.NO_TASK: "there is no task {value}. Correct the number.",
        Code.TASK_TWICE: "task {value} was there already. Keep one.",
        Code.COUNT: "is {value}, expected {wanted}. Check it.",
        Code.DOUBLY: "counts {value} doubly constrained resources, which are not supported."
        " Make them renewable or nonrenewable.",
        Code.CYCLE: "These tasks wait for one another in a circle: {tasks}."
        " Take out one of the links.",
        Code.NOT_XML: "not XML from here on ({why}). Export it again from its program.",
        Code.UNSAFE: "the file has a DOCTYPE, which may be unsafe. Delete it.",
        Code.TOO_DEEP: "nested too deeply. Export it again from its program.",
        Code.ROOT: "the outermost element is “{value}”, expected “{wanted}”."
        " Check that it is the right file.",
        Code.NO_TASKS: "There is no task to plan. Check that it is the right file.",
        Code.MOMENT: "is “{value}”, expected a date or moment such as 2026-03-02T08:00:00."
        " Correct it.",
        Code.DURATION: "is “{value}”, expected a duration such as PT40H0M0S. Correct it.",
        Code.HOURS: "the working times of a day overlap, or end before they begin."
        " Correct the calendar.",
        Code.BASES: "calendar {value} is its own base. Correct the calendar.",
        Code.ENDS_EARLY: "the finish lies before the start. Correct the dates.",
        Code.CHOICE: "is “{value}”, not one of {choices}. Correct it.",
        Code.NO_SUCH: "there is no “{value}” in {where}.{near} Correct it.",
        Code.NOT_JSON: "not JSON from column {column} on ({why})."
        " Check quotation marks, commas and brackets.",
        Code.SCHEMA: "is “{value}”, expected “{wanted}”. Check the file and its version.",
        Code.TYPE: "is {value}, expected {expected}. Correct it.",
        Code.UNKNOWN_KEY: "unknown key.{near} Correct or delete it.",
        Code.KEY_TWICE: "the same key is written twice. Keep one.",
        Code.REF_TWICE: "“{value}” was used already. Choose another ref.",
        Code.EITHER: "give either duration (with demands) or modes. Correct it.",
        Code.RUNS: "runs begin at unit 0, units and minutes ascend. Correct them.",
        Code.NO_DATES: "The plan has no dates, which this format needs. Give the start by --start.",
        Code.PROBLEM: "{why}. Correct it.",
    },
}

PLACE: dict[Language, dict[str, str]] = {
    "zh": {"line": "第 {line} 行", "field": "“{field}”", "between": "", "colon": "："},
    "en": {"line": "line {line}", "field": "{field}", "between": ", ", "colon": ": "},
}

#: The fields of plan files as a person would call them.
FIELDS: dict[str, str] = {
    "number of tasks": "任务数",
    "number of resources": "资源数",
    "number of projects": "项目数",
    "capacity": "资源容量",
    "duration": "工期",
    "demand": "资源需求",
    "number of successors": "后继数",
    "number of modes": "方式数",
    "successor": "后继",
    "lag": "时距",
    "task": "任务编号",
    "mode": "方式编号",
    "release": "最早开始",
    "uses the resource": "是否使用资源",
    "renewable": "可再生资源数",
    "nonrenewable": "不可再生资源数",
    "doubly constrained": "双重受限资源数",
    "jobs": "任务数",
    "projects": "项目数",
}

EXPECTED: dict[Language, dict[str, str]] = {
    "zh": {
        "object": "一个对象 {…}",
        "list": "一个列表 […]",
        "text": "文字",
        "whole number": "整数",
        "number": "数字",
        "yes or no": "true 或 false",
        "pair": "两个整数 [从, 到]",
        "triple": "三个整数 [从, 到, 缺多少]",
    },
    "en": {
        "object": "an object {…}",
        "list": "a list […]",
        "text": "text",
        "whole number": "a whole number",
        "number": "a number",
        "yes or no": "true or false",
        "pair": "two whole numbers [from, to]",
        "triple": "three whole numbers [from, to, how much]",
    },
}
NEAREST: dict[Language, str] = {"zh": "是否指“{near}”？", "en": " Did you mean “{near}”?"}
