"""Claims on the way of a spreadsheet: upload, dry run, decision."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binglian.domain.alliance.models import ImportDraft, Organisation
from binglian.domain.coupling.models import Offer
from binglian.sheets.reading import read_workbook
from binglian.sheets.writing import template

IMPORT = "/a/historic/import/"
HEADINGS = "编号,单位,资源名称,类别,数量,计量单位"
GOOD = f"{HEADINGS}\nR1,建设集团（示例）,会客厅,场地,2,场\n,建设集团（示例）,讲师,专家时间,4,小时\n"
MIXED = f"{GOOD}R3,建设集团（示例）,音响,设备,负三,台\n"


def upload(client, text, kind="offers", name="清单.csv"):
    """Send a file; return the address of its dry run."""
    content = text.encode() if isinstance(text, str) else text
    answer = client.post(f"{IMPORT}{kind}/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def decide(client, address, **sent):
    seen = client.get(address).context["seen"]
    return client.post(address, {"seen": seen} | sent)


@pytest.fixture
def client(alliance, giving, needing, giver, client_of):
    return client_of(giver)


def test_the_dry_run_counts_and_writes_nothing(client):
    answer = client.get(upload(client, MIXED))

    plan = answer.context["plan"]
    assert (plan.to_create, plan.to_change, plan.unchanged, plan.bad_rows) == (2, 0, 0, 1)
    assert [(p.row, p.column, p.value) for p in plan.errors] == [(4, "E", "负三")]
    assert Offer.objects.count() == 0


def test_a_good_file_is_imported_whole(client):
    address = upload(client, GOOD)

    decide(client, address)

    assert list(Offer.objects.order_by("pk").values_list("number", "title")) == [
        ("R1", "会客厅"),
        ("R-001", "讲师"),
    ]
    assert ImportDraft.objects.get().carried_out_at is not None
    assert client.get(address).status_code == 200


def test_a_file_with_errors_is_imported_only_if_the_good_rows_are_chosen(client):
    address = upload(client, MIXED)

    assert decide(client, address).status_code == 409
    assert Offer.objects.count() == 0

    decide(client, address, good="1")
    assert Offer.objects.count() == 2


def test_the_same_upload_is_not_imported_twice(client):
    address = upload(client, GOOD)
    decide(client, address)

    assert decide(client, address).status_code == 409


def test_importing_the_same_file_again_finds_everything_the_same(client):
    decide(client, upload(client, GOOD))

    plan = client.get(upload(client, GOOD)).context["plan"]

    assert (plan.to_do, plan.unchanged) == (0, 2)


def test_what_changed_after_the_dry_run_is_shown_again_first(client, make_offer):
    address = upload(client, GOOD)
    seen = client.get(address).context["seen"]
    make_offer(number="R1", title="会客厅", quantity=1, unit="场")

    client.post(address, {"seen": seen})

    assert Offer.objects.count() == 1


def test_the_dry_run_shows_what_was_before_and_will_be(client, make_offer):
    make_offer(number="R1", title="会客厅", quantity=1, unit="场")

    [line, _new] = client.get(upload(client, GOOD)).context["lines"]

    assert line["changes"] == [("数量", "1", "2")]


def test_a_liaison_officer_may_leave_the_organisation_blank(client, giving):
    decide(client, upload(client, "资源名称,类别,数量\n会客厅,场地,2\n"))

    assert Offer.objects.get().organisation == giving


def test_rows_can_be_pasted_without_headings(client):
    row = "R1\t建设集团（示例）\t会客厅\t场地\t会议\t2\t场\n"
    address = client.post(f"{IMPORT}offers/", {"pasted": row}).url

    decide(client, address)

    assert list(Offer.objects.values_list("number", "title", "unit")) == [("R1", "会客厅", "场")]


def test_columns_are_mapped_by_hand(client):
    address = upload(client, "甲,乙,丙\n会客厅,场地,2\n")
    assert client.get(address).context["plan"].errors != ()

    mapped = {"column-0-0": "title", "column-0-1": "kind", "column-0-2": "quantity"}
    client.post(f"{address}columns/", mapped)

    assert client.get(address).context["plan"].to_create == 1
    assert ImportDraft.objects.get().mapping["清单"]["title"] == 0


def test_the_file_comes_back_with_its_problems_marked(client):
    answer = client.get(f"{upload(client, MIXED)}marked/")

    [sheet] = read_workbook(answer.content, "清单.csv")
    assert sheet.rows[0][-1] == "问题"
    assert [bool(row[-1]) for row in sheet.rows[1:]] == [False, False, True]


def test_what_is_no_spreadsheet_is_said_beside_the_field(client):
    file = SimpleUploadedFile("a.xlsx", b"%PDF-1.7")

    answer = client.post(f"{IMPORT}offers/", {"file": file})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]


def test_sending_nothing_says_what_to_send(client):
    answer = client.post(f"{IMPORT}offers/", {"pasted": " "})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["请选择一个文件，或粘贴几行。"]


def test_an_upload_can_be_given_up(client):
    address = upload(client, GOOD)

    assert client.post(f"{address}discard/").url == f"{IMPORT}offers/"
    assert ImportDraft.objects.count() == 0


def test_an_upload_is_seen_by_nobody_else(client, secretariat, client_of):
    address = upload(client, GOOD)

    assert client_of(secretariat).get(address).status_code == 404
    assert client_of(secretariat).post(address, {"seen": "2-0-0-0"}).status_code == 404


@pytest.mark.parametrize(
    ("persona", "expected"),
    [("viewer", 403), ("lead_a", 403), ("auditor", 403), ("outsider", 404), ("secretariat", 200)],
)
def test_who_may_import_offers(client, persona, expected, client_of, request):
    user = request.getfixturevalue(persona)

    assert client_of(user).get(f"{IMPORT}offers/").status_code == expected


@pytest.mark.parametrize(
    ("persona", "expected"),
    [("giver", 403), ("viewer", 403), ("outsider", 404), ("secretariat", 200)],
)
def test_who_may_import_members(client, persona, expected, client_of, request):
    user = request.getfixturevalue(persona)

    assert client_of(user).get(f"{IMPORT}members/").status_code == expected


def test_members_are_put_forward_by_import(client, alliance, secretariat, client_of):
    office = client_of(secretariat)
    address = upload(office, "单位名称,成员类别\n示例甲,社区\n示例乙,街道\n", kind="members")

    decide(office, address)

    assert Organisation.objects.filter(name__startswith="示例").count() == 2
    assert [len(decision.object_ids) for decision in alliance.decisions.all()] == [2]


@pytest.mark.parametrize("kind", ["members", "offers", "needs"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_templates_can_be_downloaded(client, giver, kind, language):
    giver.language = language
    giver.save()

    answer = client.get(f"/a/historic/template/{kind}/")

    sheets = read_workbook(answer.content, "a.xlsx")
    assert sheets == read_workbook(template(kind, language), "a.xlsx")


def test_the_template_of_members_can_be_imported_as_it_is(client, alliance, secretariat, client_of):
    office = client_of(secretariat)

    plan = office.get(
        upload(office, template("members", "zh-hans"), "members", "模板.xlsx")
    ).context["plan"]

    assert (plan.to_create, plan.errors) == (3, ())
