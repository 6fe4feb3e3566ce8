"""An alliance that publishes all it can, with at least one row in every dataset."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Commitment, Component, CouplingRun, Need, Offer
from binglian.domain.governance.models import Approval, Decision, Meeting, Resolution
from binglian.domain.heritage.models import Place, Space
from binglian.domain.matters.actions import check_publication, report_matter
from binglian.domain.matters.facts import ContactFacts, MatterFacts
from binglian.domain.matters.models import Category, Matter
from binglian.domain.newsroom.models import Announcement
from binglian.domain.places.models import Area, Boundary
from binglian.domain.projects.actions import adopt_catalogue, create_project, save_task
from binglian.domain.projects.actions.tasks import ModeFacts
from binglian.domain.projects.models import Plan, Project

PHONE = "13900000000"
#: Turns against the clock, as RFC 7946 wants an outer ring.
SQUARE = [[[[120.31, 36.07], [120.33, 36.07], [120.33, 36.08], [120.31, 36.08], [120.31, 36.07]]]]


def fill(alliance: Alliance, giving: Organisation, needing: Organisation, by: User) -> Alliance:
    """Everything public that the datasets tell of, and beside it what they must not."""
    alliance.published = list(Published.values)
    alliance.area = _areas()
    alliance.founded_on = date(2022, 6, 17)
    alliance.save()
    Organisation.objects.filter(pk=giving.pk).update(
        desk="办公电话 0532-80000000", longitude=120.32, latitude=36.075
    )
    _lists(alliance, giving, needing, by)
    _project(alliance, giving, by)
    _matter(alliance, by)
    _governance(alliance, giving, by)
    _announcement(alliance, giving, by)
    _place_to_let(alliance, giving, by)
    return alliance


def _areas() -> Area:
    district = Area.objects.create(name="测试区", name_en="Test District", kind="district")
    street = Area.objects.create(name="测试街道", kind="subdistrict", parent=district)
    outline = {"type": "MultiPolygon", "coordinates": SQUARE}
    Boundary.objects.create(
        area=street, geometry=outline, west=120.31, south=36.07, east=120.33, north=36.08
    )
    return Area.objects.create(
        name="测试片区", kind="renewal", parent=district, longitude=120.32, latitude=36.07
    )


def _lists(alliance: Alliance, giving: Organisation, needing: Organisation, by: User) -> None:
    offer = Offer.objects.create(
        alliance=alliance,
        organisation=giving,
        number="R-001",
        title="=会议室",
        kind="venue",
        tags=["周末", "投影"],
        quantity=Decimal("2.5"),
        unit="间",
        note=f"联系 {PHONE}",
        place=f"二楼，请拨 {PHONE}",
        longitude=120.3212345,
        latitude=36.0712345,
    )
    need = Need.objects.create(
        alliance=alliance, organisation=needing, number="N-001", title="议事场地"
    )
    part = Component.objects.create(need=need, position=0, kind="venue", quantity=1, unit="间")
    run = CouplingRun.objects.create(
        alliance=alliance, number=91, title="一轮", state="published", asked_by=by
    )
    Commitment.objects.create(
        run=run,
        offer=offer,
        component=part,
        quantity=1,
        answer_due_on=today(),
        due_on=today() - timedelta(days=1),
        state="accepted",
        answered_by=by,
        answered_at=now(),
    )


def _project(alliance: Alliance, owner: Organisation, by: User) -> None:
    adopt_catalogue(alliance=alliance, by=by)
    project = create_project(
        alliance=alliance,
        owner=owner,
        by=by,
        title_zh="道路改造",
        kind="road",
        features=[],
        starts_on=date(2027, 3, 1),
        is_public=True,
        area=alliance.area,
    )
    save_task(project=project, by=by, title_zh="铺设管线", modes=[ModeFacts(5)])
    sums = ("serial_days", "working_days", "counted_serial_days", "counted_days", "elapsed_days")
    project.current = Plan.objects.create(
        project=project,
        number=1,
        made_by=by,
        starts_on=date(2027, 3, 1),
        finish_on=date(2027, 3, 5),
        **dict.fromkeys(sums, 5),
    )
    project.state = Project.State.BASELINED
    project.save()
    project.current.rows.create(
        task=project.tasks.get(), days=5, starts_on=date(2027, 3, 1), finishes_on=date(2027, 3, 5)
    )


def _matter(alliance: Alliance, by: User) -> Matter:
    lamps = Category.objects.create(
        alliance=alliance, code="lamps", name_zh="路灯", name_en="Street lamps"
    )
    contact = ContactFacts(name="测试诉求人", phone=PHONE, consent_text="同意。")
    facts = MatterFacts(
        text=f"路灯不亮，电话 {PHONE}",
        category=lamps,
        contact=contact,
        address="中山路",
        longitude=120.3212345,
        latitude=36.0712345,
    )
    matter = report_matter(alliance=alliance, facts=facts, by=None).matter
    check_publication(matter=matter, public_text="路灯不亮", is_public=True, by=by)
    return matter


def _governance(alliance: Alliance, owner: Organisation, by: User) -> None:
    decision = Decision.objects.create(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[1],
        digest="0",
        state="in_force",
        asked_by=by,
        settled_at=now(),
    )
    Approval.objects.create(decision=decision, lead="a", by=by, is_yes=True)
    meeting = Meeting.objects.create(
        alliance=alliance,
        number=91,
        starts_at=now(),
        minutes_long=60,
        topics_due_on=today(),
        agenda_due_on=today(),
        superiors_due_on=today(),
        state="minuted",
        minuted_by=by,
        minuted_at=now(),
    )
    Resolution.objects.create(
        meeting=meeting,
        number=1,
        text="开放车位",
        owner=owner,
        receiver=alliance.lead_b,
        due_on=today(),
    )


def _announcement(alliance: Alliance, organisation: Organisation, by: User) -> None:
    told = Announcement.objects.create(alliance=alliance, organisation=organisation, entered_by=by)
    told.shown = told.versions.create(
        number=1, title="联盟成立", summary="二十三家单位", body="正文", written_by=by
    )
    told.state, told.published_at, told.changed_at = "published", now(), now()
    told.save()


def _place_to_let(alliance: Alliance, owner: Organisation, by: User) -> None:
    place = Place.objects.create(
        alliance=alliance,
        number="L-001",
        name_zh="示例里",
        grade="historic",
        outline={"type": "MultiPolygon", "coordinates": SQUARE},
        longitude=120.32,
        latitude=36.075,
        is_public=True,
        entered_by=by,
        note=f"钥匙在 {PHONE}",
    )
    offer = Offer.objects.create(
        alliance=alliance, organisation=owner, number="R-S1", title="东厢", kind="venue", quantity=1
    )
    Space.objects.create(place=place, offer=offer, area=30)
