"""Leads, an editor and the asker press at one moment, each on a connection of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.actions import change_membership
from binglian.domain.alliance.models import Membership
from binglian.domain.governance.actions import (
    answer_decision,
    ask_decision,
    ask_rule_change,
    delegate_decisions,
    revoke_delegation,
    withdraw_decision,
)
from binglian.domain.governance.models import Approval, Decision, Lead
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.verifying import verify_chain
from binglian.domain.refusals import ActionRefused

from .world import World

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8
Act = Callable[[], object]


@pytest.fixture
def world(transactional_db: None) -> World:
    """The alliance; «ann» and «abe» hold the seat of the first lead, «bea» that of the second."""
    world = World()
    for person, lead in (("ann", "a"), ("abe", "a"), ("bea", "b")):
        world.take_seat(person, lead)
    return world


@pytest.fixture
def together() -> Iterator[Callable[..., list[str]]]:
    """Runs acts at the same moment; tells for each whether it was ``done`` or ``refused``."""
    with ThreadPoolExecutor(4) as pool:

        def run(*acts: Act) -> list[str]:
            start = Barrier(len(acts))

            def press(act: Act) -> str:
                start.wait()
                try:
                    act()
                except (ActionRefused, PermissionDenied):
                    return "refused"
                finally:
                    connection.close()
                return "done"

            return list(pool.map(press, acts))

        yield run


def ask(world: World, number: int) -> tuple[Membership, Decision]:
    membership = world.applicant(number)
    decision = ask_decision(
        alliance=world.alliance,
        act="alliance.admission",
        object_ids=[membership.pk],
        by=world.desk,
        permission=Permission.MANAGE_MEMBERS,
    )
    return membership, decision


def yes(world: World, decision: Decision, person: str, lead: str) -> Act:
    by = world.people[person]
    return lambda: answer_decision(decision=decision, lead=Lead(lead), is_yes=True, by=by)


def states(*rows: Any) -> tuple[str, ...]:
    return tuple(type(row).objects.get(pk=row.pk).state for row in rows)


def acts_in_order(decision: Decision, membership: Membership) -> list[str]:
    found = LedgerEntry.objects.filter(chain="machine").order_by("number")
    ours = {
        ("governance.decision", str(decision.pk)),
        ("alliance.membership", str(membership.pk)),
    }
    return [entry.act for entry in found if (entry.object_type, entry.object_id) in ours]


def test_both_leads_at_once_put_it_in_force_once(world: World, together: Any) -> None:
    for number in range(ROUNDS):
        membership, decision = ask(world, number)

        done = together(yes(world, decision, "ann", "a"), yes(world, decision, "bea", "b"))

        assert done == ["done", "done"]
        assert states(decision, membership) == ("in_force", "admitted")
        assert acts_in_order(decision, membership).count("decision.in_force") == 1
    assert verify_chain("machine").is_sound


def test_a_double_click_and_a_colleague_count_as_one_answer(world: World, together: Any) -> None:
    for number in range(ROUNDS):
        membership, decision = ask(world, number)
        ann, abe = yes(world, decision, "ann", "a"), yes(world, decision, "abe", "a")

        done = together(ann, ann, abe)

        assert sorted(done) == ["done", "refused", "refused"]
        assert Approval.objects.filter(decision=decision).count() == 1
        assert states(decision, membership) == ("asked", "applied")


def test_an_edit_beside_the_last_approval_comes_after_it_or_lapses_it(
    world: World, together: Any
) -> None:
    for number in range(ROUNDS):
        membership, decision = ask(world, number)
        yes(world, decision, "ann", "a")()

        done = together(
            yes(world, decision, "bea", "b"),
            lambda m=membership: change_membership(membership=m, by=world.desk, category="builder"),
        )

        order = acts_in_order(decision, membership)
        if done[0] == "done":
            assert order.index("membership.admitted") < order.index("membership.changed")
            assert states(decision, membership) == ("in_force", "admitted")
        else:
            assert "membership.admitted" not in order
            assert states(decision, membership) == ("lapsed", "applied")


def test_taking_it_back_beside_the_last_approval_leaves_one_of_the_two(
    world: World, together: Any
) -> None:
    for number in range(ROUNDS):
        membership, decision = ask(world, number)
        yes(world, decision, "ann", "a")()

        done = together(
            yes(world, decision, "bea", "b"),
            lambda d=decision: withdraw_decision(decision=d, by=world.desk),
        )

        assert sorted(done) == ["done", "refused"]
        expected = {"done": ("in_force", "admitted"), "refused": ("withdrawn", "applied")}
        assert states(decision, membership) == expected[done[0]]


def test_a_delegate_beside_the_revocation_answers_before_it_or_not_at_all(
    world: World, together: Any
) -> None:
    today = world.alliance.appointments.first().from_on
    world.leave_seat("abe", "a")
    for number in range(ROUNDS):
        _membership, decision = ask(world, number)
        given = delegate_decisions(
            alliance=world.alliance,
            lead=Lead.A,
            delegate=world.people["abe"],
            from_on=today,
            until_on=today,
            by=world.people["ann"],
        )

        done = together(
            yes(world, decision, "abe", "a"),
            lambda g=given: revoke_delegation(delegation=g, by=world.people["ann"]),
        )

        rows = LedgerEntry.objects.filter(chain="machine").order_by("-number")
        last = [entry.act for entry in rows[:2]]
        assert done[1] == "done"
        if done[0] == "done":
            assert last == ["delegation.revoked", "decision.approved"]
        else:
            assert last[0] == "delegation.revoked"
            assert not Approval.objects.filter(decision=decision).exists()


def test_another_table_beside_the_last_approval_never_lets_the_old_one_count(
    world: World, together: Any
) -> None:
    """Reserved for the first lead alone; both leads are putting it back to both."""
    for number in range(ROUNDS):
        for table in ("a", "ab"):
            change = ask_rule_change(
                alliance=world.alliance,
                reserved={"alliance.admission": table},
                decision_days=5,
                large_from=None,
                by=world.desk,
            )
            yes(world, change, "ann", "a")()
            if table == "a":
                yes(world, change, "bea", "b")()
                membership, decision = ask(world, number)

        done = together(yes(world, decision, "ann", "a"), yes(world, change, "bea", "b"))

        assert done[1] == "done"
        expected = {"done": ("in_force", "admitted"), "refused": ("lapsed", "applied")}
        assert states(decision, membership) == expected[done[0]]
