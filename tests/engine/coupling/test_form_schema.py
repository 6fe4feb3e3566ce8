"""The published schemas name exactly the keys that the readers know."""

import json
from importlib.resources import files

import pytest

from binglian.engine.coupling.form.amounts import Measures
from binglian.engine.coupling.form.entries import WINDOW_FIELDS, Entries
from binglian.engine.coupling.form.pairs_form import kept_fields, pair_fields
from binglian.engine.coupling.form.prices_form import price_fields
from binglian.engine.coupling.form.problem_form import KEYS, PROBLEM_SCHEMA
from binglian.engine.coupling.form.refs import Refs
from binglian.engine.coupling.form.result_form import RESULT_SCHEMA, result_fields, supply_fields
from binglian.engine.coupling.problem import CouplingProblem

pytestmark = pytest.mark.once

NOTHING = CouplingProblem((), (), ())


def schema(form):
    path = files("binglian.engine.coupling") / "schema" / f"coupling-{form}-1.json"
    return json.loads(path.read_text(encoding="utf-8"))


def keys(part):
    return sorted(part["properties"])


def test_every_key_of_a_problem_is_in_its_schema():
    problem, entries, none = schema("problem"), Entries(Measures()), Refs("offers", ())
    parts = problem["$defs"]

    assert problem["properties"]["schema"]["const"] == PROBLEM_SCHEMA
    assert {name: keys(part) for name, part in parts.items() if "properties" in part} == {
        "window": sorted(WINDOW_FIELDS),
        "organisation": sorted(entries.organisation_fields),
        "budget": sorted(entries.budget_fields),
        "offer": sorted(entries.offer_fields),
        "component": sorted(entries.component_fields),
        "need": sorted(entries.need_fields),
        "pair": sorted(pair_fields(none, none, Measures())),
        "pair_columns": sorted(pair_fields(none, none, Measures())),
        "kept": sorted(kept_fields(none, none, Measures())),
    }
    assert keys(problem) == sorted(KEYS)


def test_every_key_of_a_result_is_in_its_schema():
    result = schema("result")

    assert result["properties"]["schema"]["const"] == RESULT_SCHEMA
    assert keys(result) == sorted(result_fields(NOTHING, Measures()))
    assert keys(result["$defs"]["supply"]) == sorted(supply_fields(NOTHING, Measures()))


def test_every_key_of_prices_is_in_their_schema():
    assert keys(schema("prices")) == sorted(price_fields(NOTHING))


@pytest.mark.parametrize("form", ["problem", "result", "prices"])
def test_every_reference_inside_a_schema_leads_somewhere(form):
    document = schema(form)
    named = {ref.removeprefix("#/$defs/") for ref in _references(document)}

    assert named - set(document.get("$defs", {})) == set()


def _references(part):
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
