"""Datasets as files: what each format says, and that they say the same."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema_rs
import pytest
import shapely
from django.utils.timezone import now
from django.utils.translation import override
from shapely.geometry import shape

from binglian.domain.alliance.actions import change_alliance
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling.actions import save_offer
from binglian.domain.heritage.models import Space
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.models import Matter
from binglian.domain.publishing.columns import SEPARATOR
from binglian.domain.publishing.dataset import Dataset
from binglian.domain.publishing.datasets import DATASETS, dataset_named, datasets_of
from binglian.domain.publishing.files import file_of
from binglian.domain.publishing.formats import CSV, CSVW, GEOJSON, JSON, SCHEMA, formats_of
from binglian.domain.publishing.freshness import changed_at
from tests.filled_alliance import PHONE, fill

EVERY = pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.name)


@pytest.fixture
def full(alliance, giving, needing, secretariat) -> Alliance:
    return fill(alliance, giving, needing, secretariat)


def _content(dataset: Dataset, alliance: Alliance, wanted: Any) -> bytes:
    return file_of(dataset, alliance, wanted).content


def _json(dataset: Dataset, alliance: Alliance, wanted: Any = JSON) -> Any:
    return json.loads(_content(dataset, alliance, wanted))


@EVERY
def test_every_row_is_as_its_schema_says(full: Alliance, dataset: Dataset) -> None:
    rows = _json(dataset, full)
    schema = _json(dataset, full, SCHEMA)

    assert rows != []
    jsonschema_rs.meta.validate(schema)
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(rows)


@EVERY
def test_a_spreadsheet_says_what_json_says(full: Alliance, dataset: Dataset) -> None:
    text = _content(dataset, full, CSV).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    assert _content(dataset, full, CSV).startswith(b"\xef\xbb\xbf")
    assert [list(row.values()) for row in rows] == [
        [_as_cell(value) for value in row.values()] for row in _json(dataset, full)
    ]
    columns = _json(dataset, full, CSVW)["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(rows[0])


def _as_cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return SEPARATOR.join(value)
    guard = "'" if str(value).startswith("=") else ""
    return "" if value is None else f"{guard}{value}"


@pytest.mark.parametrize(
    "dataset", [one for one in DATASETS if GEOJSON in formats_of(one)], ids=lambda one: one.name
)
def test_a_map_holds_every_row_in_wgs84_wound_as_rfc_7946_wants(
    full: Alliance, dataset: Dataset
) -> None:
    drawn = _json(dataset, full, GEOJSON)
    geometries = [feature["geometry"] for feature in drawn["features"]]

    assert drawn["type"] == "FeatureCollection"
    assert len(geometries) == len(_json(dataset, full))
    for geometry in filter(None, geometries):
        figure = shape(geometry)
        assert figure.is_valid
        assert shapely.get_coordinate_dimension(figure) == 2
        west, south, east, north = figure.bounds
        assert (west > 120, east < 121, south > 36, north < 37) == (True,) * 4
        for part in getattr(figure, "geoms", []):
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)


def test_nobody_in_a_text_is_told_and_a_resident_is_placed_to_ten_metres(full: Alliance) -> None:
    offer = _json(dataset_named("offers"), full)[0]
    (matter,) = _json(dataset_named("matters"), full)

    assert offer["place"] == "二楼，请拨 ■■■"
    assert (offer["longitude"], offer["latitude"]) == (120.3212, 36.0712)
    assert (matter["longitude"], matter["latitude"]) == (120.3212, 36.0712)
    assert matter["text"] == "路灯不亮"


def test_a_spreadsheet_runs_no_formula(full: Alliance) -> None:
    lines = _content(dataset_named("offers"), full, CSV).decode("utf-8-sig").splitlines()

    assert lines[1].split(",")[2] == "'=会议室"
    assert _json(dataset_named("offers"), full)[0]["title"] == "=会议室"


def test_a_promise_past_its_day_is_overdue(full: Alliance) -> None:
    (commitment,) = _json(dataset_named("commitments"), full)

    assert commitment["outcome"] == "overdue"
    assert commitment["giver"] == "建设集团（示例）"


def test_approvals_name_the_bodies_and_no_person(full: Alliance) -> None:
    (decision,) = _json(dataset_named("decisions"), full)

    assert decision["approved_by"] == [full.lead_a.name]


@EVERY
def test_a_file_is_the_same_in_every_readers_language(full: Alliance, dataset: Dataset) -> None:
    chinese = [one.write(dataset, full) for one in (CSV, JSON, SCHEMA, CSVW)]
    with override("en"):
        english = [one.write(dataset, full) for one in (CSV, JSON, SCHEMA, CSVW)]

    assert chinese == english


def test_what_an_alliance_keeps_to_itself_is_no_dataset(alliance: Alliance) -> None:
    named = [one.name for one in datasets_of(alliance)]

    shown = ["projects", "plans", "matters", "announcements", "places", "spaces", "areas"]
    assert named == shown


def test_a_file_is_made_anew_as_soon_as_something_was_done(full, giving, secretariat) -> None:
    offers = dataset_named("offers")
    before = file_of(offers, full, JSON)
    assert file_of(offers, full, JSON) is before

    facts = {"title": "操场", "kind": "venue", "quantity": 1}
    save_offer(alliance=full, organisation=giving, by=secretariat, **facts)

    assert [row["title"] for row in _json(offers, full)] == ["=会议室", "东厢", "操场"]
    assert file_of(offers, full, JSON).changed_at > before.changed_at


def test_an_act_elsewhere_leaves_the_day_of_change_alone(full, secretariat) -> None:
    change_alliance(alliance=full, by=secretariat, description="新简介")
    entry = LedgerEntry.objects.get(act="alliance.changed")

    assert changed_at(dataset_named("offers"), full) == entry.at

    full.refresh_from_db()
    project = full.projects.get()
    rows = LedgerEntry.objects.filter(chain=full.slug, act__startswith="project.")
    assert rows.filter(object_id=str(project.pk)).exists()
    assert changed_at(dataset_named("offers"), full) == entry.at


@EVERY
def test_a_dataset_costs_the_same_queries_for_one_row_and_for_many(
    full: Alliance, dataset: Dataset, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(5):
        JSON.write(dataset, full)


def test_no_dataset_has_a_telephone(full: Alliance) -> None:
    told = [
        (dataset.name, one.ending)
        for dataset in DATASETS
        for one in (*formats_of(dataset), SCHEMA, CSVW)
        if PHONE.encode() in _content(dataset, full, one)
    ]

    assert told == []


def test_a_need_somebody_asked_for_in_private_is_not_listed(full, make_need, secretariat) -> None:
    private, resident, own = make_need(), make_need(), make_need()
    matter = full.matters.get()
    Matter.objects.filter(pk=matter.pk).update(need=resident, visibility="private")
    full.space_applications.create(
        space=Space.objects.get(),
        applicant="某店",
        trade="咖啡",
        need=private,
        state="taken_up",
        answered_at=now(),
        token_digest="0",
        erase_on=today(),
        consent_text="同意",
    )

    listed = {row["id"] for row in _json(dataset_named("needs"), full)}

    assert listed & {private.pk, resident.pk, own.pk} == {own.pk}
