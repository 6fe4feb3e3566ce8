"""The index follows every change in its own transaction, and can be looked through."""

import pytest
from django.db import connection, transaction

from binglian.domain.coupling.models import Offer
from binglian.domain.search import postings
from binglian.domain.search.actions import rebuild, verify
from binglian.domain.search.models import Document
from binglian.domain.search.readers import at_desk, everybody

from .conftest import titles


def what(differences) -> list[tuple[str, str]]:
    return [(one.kind, one.what) for one in differences]


def test_a_change_is_found_at_once_and_the_former_words_are_not(make_offer, giver):
    offer = make_offer(title="会议室")
    offer.title = "展览厅"
    offer.save()

    assert titles("展览厅", at_desk(giver)) == ["展览厅"]
    assert titles("会议室", at_desk(giver)) == []


def test_what_is_withdrawn_is_found_no_more(make_offer, giver):
    offer = make_offer(title="会议室")
    offer.state = Offer.State.WITHDRAWN
    offer.save()

    assert titles("会议室", at_desk(giver)) == []
    assert Document.objects.filter(kind="offer").count() == 0


def test_what_says_the_same_keeps_its_row(make_offer):
    offer = make_offer(title="会议室")
    before = Document.objects.get(kind="offer").pk
    offer.quantity += 1
    offer.save()

    assert Document.objects.get(kind="offer").pk == before


def test_a_transaction_rolled_back_leaves_nothing_to_find(make_offer, giver):
    with transaction.atomic():
        make_offer(title="会议室")
        assert titles("会议室", at_desk(giver)) == ["会议室"]
        transaction.set_rollback(True)

    assert titles("会议室", at_desk(giver)) == []
    assert what(verify()) == []


def test_a_part_of_a_need_or_a_name_of_its_owner_leads_to_it(propose, giving, giver):
    commitment = propose()
    part = commitment.component
    part.title = "投影设备"
    part.save()
    giving.name = "建工集团"
    giving.save()

    assert titles("投影", at_desk(giver), "need") == ["居民议事场地"]
    assert titles("投影", at_desk(giver), "commitment") == ["居民议事场地 · 投影设备"]
    assert titles("jgjt", at_desk(giver)) == ["建工集团"]


def test_a_reply_is_part_of_what_everybody_reads(reported):
    matter = reported("家里漏水", told="某户漏水")
    matter.replies.create(
        organisation=matter.alliance.lead_a,
        outcome="solved",
        public_text="已换阀门",
        by=matter.alliance.appointments.first().user,
        at=matter.reported_at,
    )

    assert titles("阀门", everybody()) == [matter.number]


def test_of_an_erased_text_not_a_piece_stays(reported, secretariat):
    matter = reported("隔壁老王家漏水")
    matter.text = "（已删除）"
    matter.save()

    [document] = Document.objects.filter(kind="matter")
    assert "老王" not in postings.stored_grams([document.pk])[document.pk]
    assert postings.count() == Document.objects.count()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_posting('老王')")
            assert cursor.fetchone() == (0,)


def test_an_index_in_order_has_no_differences(propose, reported, published):
    propose()
    reported("家里漏水", told="某户漏水")

    assert what(verify()) == []


@pytest.fixture
def disturbed(make_offer, make_need, reported):
    """Changed past everything that follows changes."""
    first, second = make_offer(title="会议室"), make_offer(title="仓库")
    reported("家里漏水")
    Offer.objects.filter(pk=first.pk).update(title="展览厅")
    Document.objects.filter(kind="offer", object_id=second.pk).delete()
    [matter] = Document.objects.filter(kind="matter")
    postings.drop([matter.pk])
    postings.add([(matter.pk, ["别的"])])


def test_what_was_changed_past_it_is_named(disturbed):
    assert sorted(what(verify())) == [
        ("", "orphaned"),
        ("matter", "pieces"),
        ("offer", "missing"),
        ("offer", "missing"),
        ("offer", "outdated"),
    ]


def test_made_anew_it_is_in_order_and_finds_everything(disturbed, giver, secretariat):
    done = rebuild()

    assert what(verify()) == []
    assert done == Document.objects.count() == postings.count()
    assert titles("展览厅", at_desk(giver)) == ["展览厅"]
    assert titles("漏水", at_desk(secretariat)) != []


def test_made_anew_the_oldest_come_first(make_offer):
    late, early = make_offer(title="后"), make_offer(title="先")
    Offer.objects.filter(pk=early.pk).update(entered_at="2020-01-01T00:00:00Z")

    rebuild()

    titles_in_order = Document.objects.filter(kind="offer").order_by("pk")
    assert list(titles_in_order.values_list("title", flat=True)) == ["先", "后"]
    assert late.title == "后"
