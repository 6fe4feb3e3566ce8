"""A reader answers any file with a plan or with a fault in words, never with a crash."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binglian.engine.planning.formats import Code, FormatError, PlanFile, read_plan_file
from binglian.engine.planning.formats.form import problem_lines

from .network import approvals
from .projects import assignment, calendar, exception, link, project, resource, task
from .test_research_texts import PATTERSON, PROGEN_MAX, PSPLIB, SEVERAL
from .test_xer import activity, export, relation

pytestmark = pytest.mark.once

FILES = {
    "patterson.rcp": PATTERSON,
    "several.txt": SEVERAL,
    "example.mm": PSPLIB,
    "example.sch": PROGEN_MAX,
    "plan.xml": project(
        task(1, 16, more="<ConstraintType>4</ConstraintType>"
             "<ConstraintDate>2026-03-03T08:00:00</ConstraintDate>"),
        task(2, 8, more=link(1, 3, 4800)),
        calendars=calendar(more=exception("2026-03-05", "2026-03-06")),
        resources=resource(1, "Masons"),
        assignments=assignment(2, 1),
    ),
    "plan.xer": export(
        [activity(1), activity(2)],
        TASKPRED=[relation(1, 2, "PR_SS", 4)],
        RSRC=[("5", "Masons", "RT_Labor", "1", "1")],
        TASKRSRC=[("1", "5", "1")],
    ),
    "problem.json": "".join(problem_lines(approvals())),
}  # fmt: skip
#: What a slip of the hand, a broken disk or ill will may put into a file.
ODD = ["", "-1", "0", "999999999999999999", "1e9", "NaN", "x", "\t", "[", "]", ":", "<", "]]>",
       "2026-02-30T99:00:00", "\x00", "\ud83d", "两", "(((((", "null", '{"a":1}', "%R"]  # fmt: skip


def read(content, name):
    """Return the plan, or the fault, which must say something in both languages."""
    try:
        return read_plan_file(content, name)
    except FormatError as error:
        return error if error.in_words("zh") and error.in_words("en") else None


def damaged(text, seed):
    """The text with a few words taken out, doubled, changed for another or for something odd."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        begin = chance.randrange(len(text))
        end = min(len(text), begin + chance.choice([1, 1, 2, 5, 40]))
        other = chance.randrange(len(text))
        new = chance.choice([*ODD, text[other : other + chance.choice([1, 3, 10, 60])]])
        text = text[:begin] + new + text[end:]
    return text.encode(errors="surrogatepass")


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_is_read(name):
    assert isinstance(read(FILES[name].encode(), name), PlanFile)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_read_or_refused_in_words(name):
    kinds = {type(read(damaged(FILES[name], seed), name)) for seed in range(150)}

    assert {FormatError} <= kinds <= {PlanFile, FormatError}


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere_is_read_or_refused_in_words(name):
    content = FILES[name].encode()
    cuts = range(0, len(content), max(1, len(content) // 60))

    assert {type(read(content[:cut], name)) for cut in cuts} <= {PlanFile, FormatError}


@pytest.mark.parametrize("name", [*FILES, "plan.xlsx"])
def test_a_packed_file_is_refused_in_words(name):
    fault = read(b"PK\x03\x04", name)

    assert isinstance(fault, FormatError)
    assert fault.code is Code.UNKNOWN_FORMAT


@settings(max_examples=60)
@given(content=st.binary(max_size=200), name=st.sampled_from([*FILES, "anything"]))
def test_any_bytes_are_refused_in_words(content, name):
    assert isinstance(read(content, name), FormatError)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@settings(max_examples=150)
@given(data=st.data())
def test_any_value_anywhere_in_a_problem_is_read_or_refused_in_words(data):
    document = json.loads(FILES["problem.json"])
    document["tasks"] = document["tasks"][:3]
    document["precedences"] = document["precedences"][:1]
    key = data.draw(st.sampled_from([*document, "current", "projects", "earliest", "calendars"]))
    if isinstance(document.get(key), list) and data.draw(st.booleans()):
        row = data.draw(st.sampled_from(document[key]))
        row[data.draw(st.sampled_from([*row, "modes", "frozen", "least", "most"]))] = data.draw(
            JSON
        )
    else:
        document[key] = data.draw(JSON)

    found = read(json.dumps(document).encode(), "problem.json")

    assert isinstance(found, PlanFile) or found.code in set(Code)
