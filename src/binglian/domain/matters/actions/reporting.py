"""How a matter begins: reported, diverted where law sends it elsewhere, made public or not."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.accounts.tokens import digest_of, new_token
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.names import search_text
from binglian.domain.alliance.queries import people_with
from binglian.domain.ledger.actions import record
from binglian.domain.matters.facts import MatterFacts, PhotoFacts, Reported
from binglian.domain.matters.models import Matter, Photo
from binglian.domain.matters.photos import MOST_PHOTOS
from binglian.domain.matters.queries.catalogue import suggest_category
from binglian.domain.matters.queries.places import area_of
from binglian.domain.matters.queries.visibility import files_for
from binglian.domain.matters.redaction import refuse_certain
from binglian.domain.refusals import refuse_unless

from .contacts import keep_contact
from .steps import locked, note_step, refuse_unless_in, require_for, tell

State, Visibility = Matter.State, Matter.Visibility
LONGEST_TEXT = 4000
_NEW = gettext_noop("收到新诉求 %(number)s，请分派。")


@transaction.atomic
def report_matter(
    *, alliance: Alliance, facts: MatterFacts, by: User | None, to: Matter | None = None
) -> Reported:
    """Take a report in (提出诉求); anybody may, ``by`` is ``None`` for the public.

    The token is told once and stored nowhere. ``to`` is the public open matter in which the
    reporter recognised their own; this one is joined to it.

    Raises
    ------
    PermissionDenied
        ``by`` reports for a resident and is no community worker here.
    ActionRefused
        No text or too much, half a place, a category of another alliance, too many photos; or
        ``to`` is not public or not open any more.
    """
    _check(alliance, facts)
    organisation = _filing_for(alliance, by) if facts.source == Matter.Source.WORKER else None
    proposed = suggest_category(alliance, facts.text)
    # Numbers are given out one at a time.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    token = new_token()
    text = facts.text.strip()
    matter = Matter.objects.create(
        alliance=alliance,
        number=_next_number(alliance),
        source=facts.source,
        text=text,
        category=facts.category,
        proposed_category=proposed.category,
        proposed_confidence=proposed.confidence,
        proposed_because=list(proposed.because),
        answers=dict(facts.answers),
        address=facts.address.strip(),
        courtyard=facts.courtyard.strip(),
        longitude=facts.longitude,
        latitude=facts.latitude,
        area=area_of(facts.longitude, facts.latitude),
        token_digest=digest_of(token),
        reported_at=facts.reported_at or now(),
        entered_by=by,
        search_text=search_text(text, facts.address, facts.courtyard),
    )
    for photo in facts.photos:
        _add_photo(matter, photo)
    if facts.contact and not facts.contact.is_empty():
        keep_contact(matter, facts.contact)
    note_step(matter, "reported", by, organisation=organisation, change={"source": facts.source})
    tell(matter, people_with(alliance, Role.SECRETARIAT), key="new", message=_NEW)
    if to is not None:
        to = locked(to)
        is_theirs_to_see = to.visibility == Visibility.PUBLIC and to.alliance == alliance
        refuse_unless(is_theirs_to_see and to.is_open, _("那件诉求已办结，请直接提交。"))
        _join(matter, to, by)
    return Reported(matter, token)


@transaction.atomic
def divert_matter(*, matter: Matter, diversion: str, note: str, by: User) -> Matter:
    """Law sends it elsewhere (引导): the reporter reads where, and why."""
    matter = locked(matter)
    require_for(by, Permission.DISPATCH_MATTERS, matter)
    refuse_unless_in(matter, [State.RECEIVED], _("该诉求已分派，不能再引导。"))
    refuse_unless(diversion in Matter.Diversion, _("请选择引导的去向。"))
    refuse_unless(note.strip(), _("请写明为什么、该找谁，诉求人会看到。"))
    matter.state, matter.diversion, matter.closed_at = State.DIVERTED, diversion, now()
    matter.save(update_fields=["state", "diversion", "closed_at", "changed_at"])
    channel = str(Matter.Diversion(diversion).label)
    note_step(matter, "diverted", by, facts={"channel": channel, "note": note.strip()})
    return matter


@transaction.atomic
def reject_matter(*, matter: Matter, note: str, by: User) -> Matter:
    """No matter at all, such as an advertisement (不予受理); kept, and the reason with it."""
    matter = locked(matter)
    require_for(by, Permission.DISPATCH_MATTERS, matter)
    refuse_unless_in(matter, [State.RECEIVED], _("该诉求已分派，不能再拒收。"))
    refuse_unless(note.strip(), _("请写明理由，诉求人会看到。"))
    matter.state, matter.visibility, matter.closed_at = State.REJECTED, Visibility.PRIVATE, now()
    matter.save(update_fields=["state", "visibility", "closed_at", "changed_at"])
    note_step(matter, "rejected", by, facts={"note": note.strip()})
    return matter


@transaction.atomic
def check_publication(
    *, matter: Matter, public_text: str | None, is_public: bool, by: User
) -> Matter:
    """Let everybody read a matter, in words that somebody has looked at, or keep it private.

    ``public_text`` is ``None`` to keep the words there are.
    """
    matter = locked(matter)
    require_for(by, Permission.DISPATCH_MATTERS, matter)
    if public_text is not None:
        refuse_certain(public_text)
        matter.public_text = public_text.strip()
    if is_public:
        refuse_unless(matter.public_text, _("请写明公开的内容。"))
        refuse_unless(matter.state != State.REJECTED, _("不予受理的诉求不公开。"))
        category = matter.category or matter.proposed_category
        refuse_unless(category is None or category.is_public, _("这一类诉求不公开。"))
    before = matter.visibility
    matter.visibility = Visibility.PUBLIC if is_public else Visibility.PRIVATE
    matter.save(update_fields=["public_text", "visibility", "changed_at"])
    if matter.visibility == before:  # only the words changed
        record(by, "matter.public_text_changed", matter, within=matter.alliance)
        return matter
    note_step(matter, "published" if is_public else "hidden", by, is_public=False)
    return matter


@transaction.atomic
def join_matter(*, matter: Matter, to: Matter, by: User) -> Matter:
    """An earlier matter is about the same thing (并入): its answer is this one's answer."""
    matter, to = locked(matter), locked(to)
    require_for(by, Permission.DISPATCH_MATTERS, matter)
    refuse_unless(matter.alliance == to.alliance, _("那件诉求属于另一联盟。"))
    refuse_unless(matter != to, _("不能并入自己。"))
    refuse_unless_in(matter, [State.RECEIVED], _("该诉求已分派，不能再并入。"))
    refuse_unless(to.is_open, _("那件诉求已不在办理中，不能并入。"))
    # What was joined to it comes along, so that each is one step from its answer.
    for one in [*matter.joined.all(), matter]:
        _join(one, to, by)
    return matter


def _join(matter: Matter, to: Matter, by: User | None) -> None:
    matter.state, matter.joined_to = State.JOINED, to
    matter.save(update_fields=["state", "joined_to", "changed_at"])
    note_step(matter, "joined", by, facts={"number": to.number})


def _check(alliance: Alliance, facts: MatterFacts) -> None:
    refuse_unless(facts.text.strip(), _("请写明是什么事。"))
    refuse_unless(
        len(facts.text) <= LONGEST_TEXT,
        _("内容太长，请控制在 %(n)s 字以内。") % {"n": LONGEST_TEXT},
    )
    refuse_unless(len(facts.address) <= 120, _("地点太长，请控制在 120 字以内。"))
    refuse_unless(len(facts.courtyard) <= 60, _("院落太长，请控制在 60 字以内。"))
    refuse_unless(facts.source in Matter.Source, _("不认识的来源。"))
    refuse_unless(
        (facts.longitude is None) == (facts.latitude is None), _("经度和纬度须同时填写。")
    )
    if facts.longitude is not None and facts.latitude is not None:
        is_on_earth = abs(facts.longitude) <= 180 and abs(facts.latitude) <= 90
        refuse_unless(is_on_earth, _("经纬度超出范围。"))
    category = facts.category
    if category is not None:
        is_ours = category.alliance_id == alliance.pk and category.is_active
        refuse_unless(is_ours, _("没有这一诉求类别。"))
    refuse_unless(len(facts.photos) <= MOST_PHOTOS, _("最多 %(n)s 张照片。") % {"n": MOST_PHOTOS})
    if facts.reported_at is not None:
        refuse_unless(facts.reported_at <= now(), _("提出时间不能在将来。"))


def _filing_for(alliance: Alliance, by: User | None) -> Organisation:
    """The organisation for which a community worker files."""
    own = files_for(by, alliance) if by else None
    organisation = own or alliance.lead_a
    require_permission(by, Permission.FILE_FOR_RESIDENT, within=alliance.seat_of(organisation))
    return organisation


def _next_number(alliance: Alliance) -> str:
    """The day and the next figure of that day, e.g. 20260907-0012."""
    day = f"{localdate():%Y%m%d}-"
    taken = alliance.matters.filter(number__startswith=day).order_by("-number").first()
    return f"{day}{int(taken.number[len(day) :]) + 1 if taken else 1:04d}"


def _add_photo(matter: Matter, photo: PhotoFacts) -> None:
    Photo.objects.create(
        matter=matter,
        image=photo.image,
        media_type=photo.media_type,
        width=photo.width,
        height=photo.height,
        alternative=photo.alternative[:120],
    )
