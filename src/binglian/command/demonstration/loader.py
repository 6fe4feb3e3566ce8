"""Builds the demonstration by the platform's own actions, in one transaction."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from binglian.domain.accounts.actions import create_user, mark_notifications_read
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import (
    appoint,
    enter_organisation,
    found_alliance,
    propose_member,
)
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.publicness import Published
from binglian.domain.clients.actions import register_client
from binglian.domain.clients.models import Scope
from binglian.domain.coupling.actions import ask_publication, withdraw_row
from binglian.domain.governance.actions import answer_decision, ask_decision
from binglian.domain.governance.actions.agreement_sealing import seal_agreement_version
from binglian.domain.governance.models import Lead
from binglian.domain.governance.queries import unsealed_versions
from binglian.domain.places.actions import add_area, draw_areas
from binglian.domain.places.imports import plan_outlines
from binglian.domain.places.models import Area
from binglian.geography.sketch import sketch
from binglian.sheets.columns import SheetKind

from . import (
    agreements,
    briefings,
    checkups,
    decisions,
    entering,
    helping,
    matters,
    meetings,
    news,
    news_import,
    openness,
    places,
    projects,
    register,
    rounds,
    site,
    site_control,
)
from .diary import Diary
from .files import DemonstrationFiles, people
from .quarter import ROLES, Quarter

#: So many days ago the historic quarter began to work with the platform.
_BEGAN = 140
#: Days of the files on which the two finished rounds were worked out.
_SUMMER, _AUTUMN = "2026-08-31", "2026-10-05"
#: Days ago on which the lists of the present round came in, part by part, and when it was worked
#: out: so late that nobody asked has to have answered.
_COLLECTED, _WINTER = (50, 36, 22, 8), 4
#: Days ago on which everybody last looked through the inbox.
_INBOX_READ = 2


def is_loaded() -> bool:
    return Alliance.objects.exists()


def is_at_home() -> bool:
    """Whether the database holds nobody yet, or the people of the demonstration."""
    addresses = [_address(person) for person in people()]
    return not User.objects.exists() or User.objects.filter(email__in=addresses).exists()


@transaction.atomic
def load() -> None:
    """Everything or nothing, so that an interrupted load can simply be started again."""
    diary = Diary()
    diary.on(diary.ago(_BEGAN), partial(_begin, diary))
    diary.carry_out()


def _begin(diary: Diary) -> None:
    """The historic quarter works with the platform for months, its two sisters since today."""
    files = DemonstrationFiles(diary.today)
    accounts = {person["username"]: _account(person) for person in people()}
    administrator = accounts["administrator"]
    register_client(
        alliance=None,
        name="演示程序",
        contact=_address(people()[0]),
        scopes=[Scope.READ, Scope.REPORT, Scope.UPDATE],
        per_minute=600,
        by=administrator,
        key=settings.DEMO_API_KEY,
    )
    district = files.whole["district"]
    parent = add_area(by=administrator, kind=Area.Kind.DISTRICT, **district)
    sketched = plan_outlines(sketch(district["code"]), home=parent, is_approximate=True)
    draw_areas(plan=sketched, by=administrator)
    diary.on(diary.ago(_INBOX_READ), partial(_read_inboxes, list(accounts.values())))
    whose = partial(_take_in, diary, files, accounts, parent)
    for facts in files.whole["alliances"]:
        began = diary.ago(_BEGAN) if facts["slug"] == "historic" else diary.today
        diary.on(began, partial(whose, facts))


def _take_in(
    diary: Diary, files: DemonstrationFiles, accounts: dict[str, User], parent: Area,
    facts: dict[str, Any],
) -> None:  # fmt: skip
    """Found an alliance, seat its people, and note what becomes of it."""
    administrator = accounts["administrator"]
    alliance = _found(facts, files, administrator, parent)
    cast = _cast(alliance, accounts, administrator)
    admission = entering.bring_in(
        alliance, "members", files.members(alliance.slug), cast.secretariat
    )
    if admission:
        rounds.agree(admission, cast)
    _seat_officers(alliance, cast, administrator)
    _ROUNDS[alliance.slug](alliance, files, cast, diary, accounts)
    diary.on(diary.today, partial(_propose_newcomers, alliance, facts["invited"][:2], cast))


def _read_inboxes(people: list[User]) -> None:
    for person in people:
        mark_notifications_read(by=person)


def seal_agreements() -> None:
    """Make the signed documents at once, so that they are there before any worker is."""
    for version in unsealed_versions():
        seal_agreement_version(version.pk)


def _account(person: dict[str, Any]) -> User:
    role = Role(person["role"])
    return create_user(
        username=person["username"],
        email=_address(person),
        display_name=person["name"],
        password=settings.DEMO_PASSWORD,
        platform_role=role.value if role.is_on_platform else "",
    )


def _address(person: dict[str, Any]) -> str:
    return f"{person['username']}@example.org"


def _found(
    facts: dict[str, Any], files: DemonstrationFiles, administrator: User, district: Area
) -> Alliance:
    area = add_area(by=administrator, kind=Area.Kind.RENEWAL, parent=district, **facts["area"])
    for part in facts["parts"]:
        add_area(by=administrator, kind=Area.Kind.RENEWAL, parent=area, **part)
    members = files.members(facts["slug"])
    lead_a, lead_b = (
        entering.lead_body(facts[lead], members, administrator) for lead in ("lead_a", "lead_b")
    )
    same = ("slug", "name", "name_en", "description", "description_en", "founded_on")
    return found_alliance(
        by=administrator,
        lead_a=lead_a,
        lead_b=lead_b,
        area=area,
        published=Published.values if facts["slug"] == "historic" else [Published.MEMBERS.value],
        **{name: facts[name] for name in same},
    )


def _cast(alliance: Alliance, accounts: dict[str, User], administrator: User) -> rounds.Cast:
    """Seat the people of the alliance who need no admitted organisation."""
    seated = {}
    officers = {}
    for person in people():
        if person["alliance"] != alliance.slug:
            continue
        user, role = accounts[person["username"]], Role(person["role"])
        if role is Role.LIAISON:
            officers[person["organisation"]] = user
            continue
        if role in ROLES:
            continue
        appoint(alliance=alliance, user=user, role=role, by=administrator)
        seated[role] = user
    return rounds.Cast(
        secretariat=seated[Role.SECRETARIAT],
        lead_a=seated[Role.LEAD_A],
        lead_b=seated[Role.LEAD_B],
        officers=officers,
        tried_out=frozenset(officers),
    )


def _seat_officers(alliance: Alliance, cast: rounds.Cast, administrator: User) -> None:
    """Every member gets its liaison officer; those nobody can try out have no password."""
    members = alliance.memberships.select_related("organisation").order_by("pk")
    for number, membership in enumerate(members, 1):
        name = membership.organisation.name
        if name not in cast.officers:
            cast.officers[name] = create_user(
                username=f"{alliance.slug}-officer-{number}", display_name=f"联络员（{name}）"
            )
        appoint(
            alliance=alliance,
            user=cast.officers[name],
            role=Role.LIAISON,
            organisation=membership.organisation,
            by=administrator,
        )


def _three_rounds(
    alliance: Alliance, files: DemonstrationFiles, cast: rounds.Cast, diary: Diary,
    accounts: dict[str, User],
) -> None:  # fmt: skip
    """Two rounds are finished, the present one and three projects are under way."""
    administrator, first = accounts["administrator"], files.first_round
    quarter = Quarter(alliance, cast, accounts, administrator, diary)
    places.enter(alliance, files, cast.secretariat)
    register.enter(alliance, cast.secretariat, administrator)
    projects.enter(alliance, cast, diary)
    meetings.enter(alliance, cast, diary)
    enter = partial(_enter, alliance, files, cast)

    summer, autumn = files.day(_SUMMER), files.day(_AUTUMN)
    diary.on(summer - timedelta(days=9), partial(matters.begin, quarter))
    diary.on(
        summer - timedelta(days=6), partial(enter, {*first["offers"], *first["needs"]}.__contains__)
    )
    diary.on(
        summer,
        partial(rounds.carry_through, diary, alliance, "夏季耦合", cast, is_one_overdue=True),
    )
    diary.on(
        autumn - timedelta(days=5),
        partial(enter, set(first["later_needs"]).__contains__, ("needs",)),
    )
    diary.on(
        autumn,
        partial(rounds.carry_through, diary, alliance, "秋季耦合", cast, is_one_overdue=False),
    )
    matters.enter(quarter)

    old = {name for numbers in first.values() for name in numbers}
    for part, ago in enumerate(_COLLECTED):
        diary.on(diary.ago(ago), partial(enter, partial(_is_collected, old, part)))
    diary.on(diary.ago(_WINTER + 1), partial(_clear, alliance, old, cast))
    diary.on(diary.ago(_WINTER), partial(rounds.begin, diary, alliance, "冬季耦合", cast))
    diary.on(diary.ago(45), partial(decisions.enter, alliance, cast))
    diary.on(diary.today, partial(_today, alliance, files, cast, accounts, quarter))


def _today(
    alliance: Alliance, files: DemonstrationFiles, cast: rounds.Cast,
    accounts: dict[str, User], quarter: Quarter,
) -> None:  # fmt: skip
    """What is on the table now."""
    administrator = accounts["administrator"]
    matters.look_back(quarter)
    places.let(alliance, cast)
    helping.enter(alliance)
    checkups.enter(alliance, files, cast.secretariat)
    decisions.delegate(alliance, cast)
    agreements.enter(alliance, cast, administrator)
    # Who collects signatures sees each one come.
    _read_inboxes([cast.secretariat])
    openness.enter(alliance, cast)
    site.enter(alliance, cast, accounts["supervisor-dongli"], administrator)
    site_control.enter(alliance, cast, administrator)
    news_import.enter(alliance, cast)
    news.enter(alliance, cast, administrator)
    briefings.enter(alliance, cast)


def _is_collected(old: set[str], part: int, number: str) -> bool:
    """Whether a row of the present round came in with this part of it."""
    return number not in old and int(number[-2:]) % len(_COLLECTED) == part


def _clear(alliance: Alliance, numbers: set[str], cast: rounds.Cast) -> None:
    """What the rounds before left over is taken off the lists."""
    for offer in alliance.offers.filter(state="open", number__in=numbers):
        withdraw_row(row=offer, by=cast.secretariat)
    for need in alliance.needs.filter(state="open", number__in=numbers):
        withdraw_row(row=need, by=cast.secretariat)


def _one_proposal(
    alliance: Alliance, files: DemonstrationFiles, cast: rounds.Cast, diary: Diary, _accounts: Any
) -> None:
    """A run waits for the second lead's answer; a project is under way."""
    _enter(alliance, files, cast)
    run = rounds.work_out(alliance, "首轮耦合", cast, today(), "annual")
    decision = ask_publication(run=run, by=cast.secretariat)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=cast.lead_a)
    projects.enter(alliance, cast, diary)


def _only_lists(
    alliance: Alliance, files: DemonstrationFiles, cast: rounds.Cast, diary: Diary, _accounts: Any
) -> None:
    """The lists are in, but not coupled yet; a project is under way."""
    _enter(alliance, files, cast)
    projects.enter(alliance, cast, diary)


_ROUNDS = {"historic": _three_rounds, "port": _one_proposal, "cbd": _only_lists}


def _enter(
    alliance: Alliance,
    files: DemonstrationFiles,
    cast: rounds.Cast,
    wanted: Callable[[str], bool] = bool,
    kinds: tuple[SheetKind, ...] = ("offers", "needs"),
) -> None:
    """Import both lists, or those of their rows whose number is wanted."""
    for kind in kinds:
        rows = files.rows(alliance.slug, kind, wanted)
        entering.bring_in(alliance, kind, rows, cast.secretariat)


def _propose_newcomers(
    alliance: Alliance, invited: list[dict[str, Any]], cast: rounds.Cast
) -> None:
    """The leads are asked about further members; both are awaited."""
    if not invited:
        return
    memberships = []
    for facts in invited:
        organisation = Organisation.objects.filter(name=facts["name"]).first()
        organisation = organisation or enter_organisation(
            by=cast.secretariat, alliance=alliance, **facts
        )
        memberships.append(
            propose_member(
                alliance=alliance,
                organisation=organisation,
                category="functional",
                by=cast.secretariat,
            )
        )
    ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[membership.pk for membership in memberships],
        by=cast.secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )
