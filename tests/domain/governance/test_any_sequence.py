"""No sequence of acts puts a reserved act in force without the leads' approval of exactly that.

A machine asks, approves, refuses, edits, withdraws, delegates, revokes, changes seats and the
table, and lets time pass. What the platform does is compared, step by step, with ``Books``, which
knows the rules from elsewhere.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.actions import change_membership, change_organisation
from binglian.domain.alliance.models import Alliance, Membership, today
from binglian.domain.governance.actions import (
    answer_decision,
    ask_decision,
    ask_rule_change,
    delegate_decisions,
    escalate_silence,
    lapse_what_changed,
    revoke_delegation,
    withdraw_decision,
)
from binglian.domain.governance.models import Decision, Delegation, Lead
from binglian.domain.refusals import ActionRefused

from .world import ACT, PEOPLE, TABLE, Asked, Books, Given, World

people = st.sampled_from(sorted(PEOPLE))
leads = st.sampled_from("ab")
#: Which of several: taken modulo how many there are.
numbers = st.integers(0, 11)
REFUSED = (ActionRefused, PermissionDenied)


class Decisions(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.world, self.books = World(), Books()
        #: Memberships whose admission a step has just been entitled to put in force.
        self.due: dict[int, tuple[str, str]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize()
    def both_leads_are_seated(self) -> None:
        for person, lead in (("ann", "a"), ("bea", "b")):
            self.world.take_seat(person, lead)
            self.books.seats.add((person, lead))
        self._new_applicant()

    # ---- seats and delegations ----

    @rule(person=people, lead=leads)
    def seats_change(self, person: str, lead: str) -> None:
        seat = (person, lead)
        if seat in self.books.seats:
            self.world.leave_seat(person, lead)
        else:
            self.world.take_seat(person, lead)
        self.books.seats ^= {seat}

    @rule(giver=people, to=people, lead=leads, first=st.integers(0, 2), length=st.integers(0, 4))
    def delegate(self, giver: str, to: str, lead: str, first: int, length: int) -> None:
        is_right = self.books.may_delegate(giver, to, lead)
        made = self._do(
            is_right,
            delegate_decisions,
            alliance=self.world.alliance,
            lead=Lead(lead),
            delegate=self.world.people[to],
            from_on=today() + timedelta(days=first),
            until_on=today() + timedelta(days=first + length),
            by=self.world.people[giver],
        )
        if made:
            day = self.books.day + first
            self.books.given.append(Given(made.pk, giver, to, lead, day, day + length))

    @precondition(lambda self: self.books.given)
    @rule(number=numbers, person=people)
    def revoke(self, number: int, person: str) -> None:
        given = self.books.given[number % len(self.books.given)]
        is_running = not given.is_revoked and given.last >= self.books.day
        is_right = is_running and (person, given.lead) in self.books.seats
        delegation = Delegation.objects.get(pk=given.pk)
        if self._do(
            is_right, revoke_delegation, delegation=delegation, by=self.world.people[person]
        ):
            given.is_revoked = True

    # ---- the thing decided upon ----

    @precondition(lambda self: len(self.books.things) < 4)
    @rule()
    def somebody_applies(self) -> None:
        self._new_applicant()

    @rule(number=numbers, category=st.sampled_from(["other", "builder"]), is_name=st.booleans())
    def edit(self, number: int, category: str, is_name: bool) -> None:
        pk = self._pick(self.books.things, number)
        name, before = self.books.things[pk]
        membership = Membership.objects.select_related("organisation").get(pk=pk)
        if is_name:
            name = name + "新" if len(name) < 8 else name[:3]
            change_organisation(
                organisation=membership.organisation,
                alliance=self.world.alliance,
                by=self.world.desk,
                name=name,
            )
            category = before
        elif self.books.states[pk] != "refused":
            change_membership(membership=membership, by=self.world.desk, category=category)
        else:
            category = before
        self.books.things[pk] = (name, category)

    # ---- decisions ----

    @rule(number=numbers)
    def ask(self, number: int) -> None:
        pk = self._pick(self.books.things, number)
        is_free = self.books.states[pk] == "applied" and not any(
            asked.is_open and asked.thing == pk for asked in self._of(ACT)
        )
        if not is_free:
            return
        asked = Asked(ACT, pk, None, self.books.table)
        asked.content = self.books.content_of(asked)
        if not asked.needs:
            asked.is_open = False
            self._expect_in_force(asked)
        made = ask_decision(
            alliance=self.world.alliance,
            act=ACT,
            object_ids=[pk],
            by=self.world.desk,
            permission=Permission.MANAGE_MEMBERS,
        )
        self.books.asked[made.pk] = asked

    @rule(table=st.sampled_from(["ab", "ab", "a", "b", ""]), days=st.sampled_from([3, 5]))
    def ask_for_another_table(self, table: str, days: int) -> None:
        before = (self.books.table, self.books.days)
        is_right = (table, days) != before and not any(a.is_open for a in self._of(TABLE))
        made = self._do(
            is_right,
            ask_rule_change,
            alliance=self.world.alliance,
            reserved={ACT: table},
            decision_days=days,
            large_from=None,
            by=self.world.desk,
        )
        if made:
            self.books.asked[made.pk] = Asked(TABLE, 0, (*before, (table, days)), "ab")

    @precondition(lambda self: self.books.asked)
    @rule(number=numbers, person=people, lead=leads, is_yes=st.sampled_from([True] * 5 + [False]))
    def anybody_answers(self, number: int, person: str, lead: str, is_yes: bool) -> None:
        self._answer(self._pick(self.books.asked, number), person, lead, is_yes)

    @precondition(lambda self: self._open())
    @rule(number=numbers, choice=numbers)
    def somebody_who_may_approves(self, number: int, choice: int) -> None:
        pk = self._pick(self._open(), number)
        asked = self.books.asked[pk]
        able = [
            (person, lead)
            for lead in asked.needs
            for person in PEOPLE
            if lead not in asked.answered and self.books.acts_for(person, lead)
        ]
        if able:
            self._answer(pk, *able[choice % len(able)], True)

    @precondition(lambda self: self._open() and self.books.seats)
    @rule(number=numbers, choice=numbers, to=people)
    def a_delegate_approves(self, number: int, choice: int, to: str) -> None:
        seats = sorted(self.books.seats)
        giver, lead = seats[choice % len(seats)]
        self.delegate(giver, to, lead, 0, 3)
        self._answer(self._pick(self._open(), number), to, lead, True)

    @precondition(lambda self: self._open())
    @rule(number=numbers, choice=numbers, is_holder=st.booleans(), through=st.none() | people)
    def whoever_answered_tries_for_the_other_lead_too(
        self, number: int, choice: int, is_holder: bool, through: str | None
    ) -> None:
        """They change seats and press again, or let somebody press for them."""
        pk = self._pick(self._open(), number)
        asked = self.books.asked[pk]
        if not asked.answered:
            self.somebody_who_may_approves(number, choice)
        if not (asked.is_open and asked.answered):
            return
        lead, who, holder = asked.approvals[0]
        person, other = (holder if is_holder else who), "b" if lead == "a" else "a"
        if (person, lead) in self.books.seats:
            self.seats_change(person, lead)
        if (person, other) not in self.books.seats:
            self.seats_change(person, other)
        if through:
            if (through, lead) in self.books.seats:
                self.seats_change(through, lead)
            self.delegate(person, through, other, 0, 1)
        self._answer(pk, through or person, other, True)

    @precondition(lambda self: self.books.asked)
    @rule(number=numbers, person=st.sampled_from(["desk", *PEOPLE]))
    def withdraw(self, number: int, person: str) -> None:
        pk = self._pick(self.books.asked, number)
        by = self.world.desk if person == "desk" else self.world.people[person]
        is_right = self.books.asked[pk].is_open and person == "desk"
        if self._do(is_right, withdraw_decision, decision=Decision.objects.get(pk=pk), by=by):
            self.books.asked[pk].is_open = False

    @rule(count=st.integers(1, 9))
    def days_pass(self, count: int) -> None:
        self.world.days_pass(count)
        self.books.day += count
        escalate_silence()  # approves nothing: the invariants below would see it

    @rule()
    def the_clock_looks_for_changes(self) -> None:
        self._lapse_in_books()
        lapse_what_changed()

    # ---- what always holds ----

    @invariant()
    def what_is_in_force_is_what_the_right_people_approved(self) -> None:
        rows = Membership.objects.filter(alliance=self.world.alliance)
        for row in rows.select_related("organisation"):
            if row.state == "admitted" and self.books.states[row.pk] != "admitted":
                assert self.due.pop(row.pk) == (row.organisation.name, row.category)
                self.books.states[row.pk] = "admitted"
            assert row.state == self.books.states[row.pk]
        assert not self.due
        alliance = Alliance.objects.get(pk=self.world.alliance.pk)
        assert alliance.reserved_for(ACT) == self.books.table
        assert alliance.decision_days == self.books.days
        assert alliance.reserved_for(TABLE) == "ab"

    @invariant()
    def what_is_open_is_open(self) -> None:
        still = set(
            Decision.objects.filter(state="asked", alliance=self.world.alliance).values_list(
                "pk", flat=True
            )
        )
        assert still == set(self._open())

    # ---- the books' side of a step ----

    def _answer(self, pk: int, person: str, lead: str, is_yes: bool) -> None:
        asked, holder = self.books.asked[pk], self.books.acts_for(person, lead)
        touched = {who for _lead, *pair in asked.approvals for who in pair}
        is_right = bool(
            asked.is_open
            and holder
            and lead in asked.needs
            and lead not in asked.answered
            and not touched & {person, holder}
        )
        if is_right and self.books.has_changed(asked):
            asked.is_open, is_right = False, False
        elif is_right and is_yes:
            asked.approvals.append((lead, person, holder))
            if asked.answered == set(asked.needs):
                asked.is_open = False
                self._expect_in_force(asked)
        elif is_right:
            asked.is_open = False
            if asked.act == ACT:
                self.books.states[asked.thing] = "refused"
        self._do(
            is_right,
            answer_decision,
            decision=Decision.objects.get(pk=pk),
            lead=Lead(lead),
            is_yes=is_yes,
            by=self.world.people[person],
            note="理由",
        )

    def _expect_in_force(self, asked: Asked) -> None:
        pressed = [{who, holder} for _lead, who, holder in asked.approvals]
        assert len(pressed) == len(asked.needs)
        assert len(pressed) < 2 or not pressed[0] & pressed[1]
        if asked.act == ACT:
            self.due[asked.thing] = asked.content[:2]
            return
        self.books.table, self.books.days = asked.content[2]
        self._lapse_in_books()

    def _lapse_in_books(self) -> None:
        for asked in self.books.asked.values():
            if asked.is_open and self.books.has_changed(asked):
                asked.is_open = False

    def _do(self, is_right: bool, act: Any, **facts: Any) -> Any:
        """The platform must allow what is right, and nothing else."""
        if is_right:
            return act(**facts)
        with pytest.raises(REFUSED):
            act(**facts)
        return None

    def _new_applicant(self) -> None:
        number = len(self.books.things) + 1
        membership = self.world.applicant(number)
        self.books.things[membership.pk] = (f"单位{number}", "other")
        self.books.states[membership.pk] = "applied"

    def _open(self) -> dict[int, Asked]:
        return {pk: asked for pk, asked in self.books.asked.items() if asked.is_open}

    def _of(self, act: str) -> list[Asked]:
        return [asked for asked in self.books.asked.values() if asked.act == act]

    @staticmethod
    def _pick(table: dict[int, Any], number: int) -> int:
        return sorted(table)[number % len(table)]


@pytest.mark.django_db
def test_no_sequence_puts_anything_in_force_that_the_leads_did_not_approve() -> None:
    run_state_machine_as_test(
        Decisions,
        settings=settings(
            max_examples=50,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
