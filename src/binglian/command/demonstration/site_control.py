"""Sites of the demonstration under control: who builds, what is inspected, what was found."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import now

from binglian.domain.accounts.actions import create_user
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint, enter_organisation, propose_member
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.checks import actions as act
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import Checklist, Finding, Inspection
from binglian.domain.governance.actions import ask_decision
from binglian.domain.matters.photos import photo_facts
from binglian.domain.projects.models import Project

from .elapsing import Elapsing, day_of
from .files import people
from .plan_drawing import level_plan
from .rounds import Cast, agree

_FILE = Path(__file__).resolve().parent / "site_control.json"


def enter(alliance: Alliance, cast: Cast, administrator: User) -> None:
    """Units, teams and their week, checklists, inspections, findings of two months."""
    facts = json.loads(_FILE.read_text(encoding="utf-8"))
    _join(alliance, facts["joins"], cast, administrator)
    inspectors = _seat_inspectors(alliance, administrator)
    lists = {
        one.code: one for one in act.take_standard_lists(alliance=alliance, by=cast.secretariat)
    }
    for one in facts["sites"]:
        site = alliance.projects.select_related("owner", "alliance").get(title_zh=one["project"])
        _Site(site, cast, inspectors, administrator).enter(one, lists)


def _join(alliance: Alliance, facts: dict[str, Any], cast: Cast, administrator: User) -> None:
    """The company that supervises the works joined when they began."""
    category = facts.pop("category")
    company = enter_organisation(by=cast.secretariat, alliance=alliance, **facts)
    membership = propose_member(
        alliance=alliance, organisation=company, category=category, by=cast.secretariat
    )
    decision = ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[membership.pk],
        by=cast.secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )
    agree(decision, cast)
    officer = create_user(
        username=f"{alliance.slug}-officer-supervision", display_name=f"联络员（{company.name}）"
    )
    cast.officers[company.name] = officer
    appoint(
        alliance=alliance,
        user=officer,
        role=Role.LIAISON,
        organisation=company,
        by=administrator,
    )


def _seat_inspectors(alliance: Alliance, administrator: User) -> list[User]:
    """Each with their organisation: nobody inspects their own."""
    seated = []
    for person in people():
        if person["alliance"] != alliance.slug or person["role"] != Role.INSPECTOR.value:
            continue
        user = User.objects.get(username=person["username"])
        own = _member(person["organisation"])
        appoint(
            alliance=alliance, user=user, role=Role.INSPECTOR, organisation=own, by=administrator
        )
        seated.append(user)
    return seated


class _Site:
    """One site, and who looks at it."""

    def __init__(
        self, site: Project, cast: Cast, inspectors: list[User], administrator: User
    ) -> None:
        self.site, self.cast, self.administrator = site, cast, administrator
        self.finder, self.rechecker = inspectors
        self.owner = cast.of(site.owner)

    def enter(self, facts: dict[str, Any], lists: dict[str, Checklist]) -> None:
        for name, role in facts["units"]:
            act.name_unit(project=self.site, organisation=_member(name), role=role, by=self.owner)
        for team in facts.get("teams", ()):
            self._team(team)
        if title := facts.get("plan_of"):
            act.enter_plan(
                project=self.site, title=title, picture=photo_facts(level_plan()), by=self.owner
            )
        inspection = None
        if past := facts.get("inspected"):
            inspection = self._inspected(past, lists[past["code"]])
        if coming := facts.get("plan"):
            self._plan(lists[coming["code"]], coming["days"])
        for finding in facts["findings"]:
            self._finding(finding, inspection)

    def _team(self, facts: dict[str, Any]) -> None:
        organisation = _member(facts["organisation"])
        team = act.enter_team(
            project=self.site,
            organisation=organisation,
            by=self.owner,
            **{name: facts[name] for name in ("name", "flag", "headcount", "task")},
        )
        if facts["award"]:
            act.award_flag(team=team, award=facts["award"], by=self.owner)
        for ago, (headcount, trained) in enumerate(reversed(facts["days"]), facts["last_day"]):
            act.report_day(
                team=team,
                headcount=headcount,
                trained=trained,
                owes_wages=False,
                on=today() - timedelta(days=ago),
                by=self.cast.of(organisation),
            )

    def _plan(self, checklist: Checklist, days: int) -> Inspection:
        return act.plan_inspection(
            project=self.site,
            checklist=checklist,
            inspector=self.finder,
            due_on=today() + timedelta(days=days),
            by=self.cast.secretariat,
        )

    def _inspected(self, facts: dict[str, Any], checklist: Checklist) -> Inspection:
        """Planned and done on one day past."""
        verdicts = {
            item.pk: "not_met" if item.number in facts["not_met"] else "met"
            for item in checklist.items.all()
        }
        done = act.finish_inspection(
            inspection=self._plan(checklist, 0),
            verdicts=verdicts,
            words=facts["words"],
            key=uuid5(NAMESPACE_URL, facts["words"]),
            by=self.finder,
        )
        past = Elapsing(done, day_of(facts, facts["day"]), self.administrator)
        past.end()
        return done

    def _finding(self, facts: dict[str, Any], inspection: Inspection | None) -> None:
        """As far as the file tells its way, each step on its day."""
        place: dict[str, Any] = dict(
            zip(("longitude", "latitude"), facts.get("at", ()), strict=False)
        )
        point = facts.get("item")
        if on_plan := facts.get("on_plan"):
            x, y = on_plan
            place |= {"plan": self.site.site_plans.get(), "plan_x": x, "plan_y": y}
        if seen := facts.get("observed"):
            place["observation"] = self.site.observations.get(place=seen)
        told = FindingFacts(
            organisation=_member(facts["organisation"]),
            found_at=now(),
            due_on=today() + timedelta(days=facts["due"]),
            inspection=inspection if point else None,
            item=inspection.checklist.items.get(number=point) if inspection and point else None,
            **place,
            **{name: facts[name] for name in ("what", "place", "family", "grade", "standard")},
        )
        key = uuid5(NAMESPACE_URL, facts["what"])
        finding = act.issue_finding(project=self.site, facts=told, key=key, by=self.finder)
        if "stop" in facts:
            tasks = self.site.tasks.filter(number__in=facts.get("tasks", ()))
            act.order_stop(finding=finding, scope=facts["stop"], tasks=tasks, by=self.finder)
        if facts.get("is_public"):
            act.show_finding(finding=finding, is_public=True, by=self.finder)
        past = Elapsing(finding, day_of(facts, facts["issued"]), self.administrator)
        for step, day, *words in facts["way"]:
            past.until(day_of(facts, day))
            self._step(finding, step, facts, *words)
        past.end()

    def _step(self, finding: Finding, step: str, facts: dict[str, Any], words: str = "") -> None:
        responsible = self.cast.of(finding.organisation)
        if step == "receive":
            act.receive_finding(finding=finding, by=responsible)
        elif step == "fix":
            post, duty, measure = facts["fixed"]
            act.fix_responsibility(
                finding=finding, post=post, duty=duty, measure=measure, by=responsible
            )
        elif step == "report":
            act.report_fixed(finding=finding, words=words, by=responsible)
        elif step == "return":
            due_on = today() + timedelta(days=facts["due"])
            act.return_finding(finding=finding, why=words, due_on=due_on, by=self.rechecker)
        elif step == "late":
            act.watch_findings(today=today())
        elif step == "close":
            act.close_finding(finding=finding, words=words, by=self.rechecker)
        else:
            order = finding.stop_orders.get()
            if step == "ask":
                act.ask_to_resume(order=order, words=words, by=responsible)
            else:
                act.consent_to_resume(order=order, words=words, by=self.rechecker)


def _member(name: str) -> Organisation:
    return Organisation.objects.get(name=name)
