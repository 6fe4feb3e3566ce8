"""What the cockpit shows, by hand."""

from datetime import timedelta

from django.utils.timezone import localdate

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import accept_commitment, judge_delivery, report_delivery
from binglian.domain.coupling.models import Commitment
from binglian.domain.governance.actions import ask_decision
from binglian.domain.indicators.cockpit import cockpit_of, state_of, waiting_in
from binglian.domain.projects.models import PlannedTask


def loop(alliance):
    return [station.count for station in cockpit_of(alliance).loop]


def test_the_loop_counts_what_is_at_each_station(alliance, propose, giver, receiver):
    kept, delivered, running = propose(), propose(), propose()
    for one in (kept, delivered, running):
        accept_commitment(commitment=one, by=giver, due_on=today())
    for one in (kept, delivered):
        report_delivery(commitment=one, quantity=1, delivered_on=today(), by=giver)
    judge_delivery(delivery=kept.deliveries.get(), verdict="met", by=receiver)

    offers, needs, _matched, accepted, projects, delivered_n, judged, _public = loop(alliance)

    assert (accepted, delivered_n, judged, projects) == (1, 1, 1, 0)
    assert offers == alliance.offers.filter(state="open").count()
    assert needs == alliance.needs.filter(state="open").count()


def test_what_waits_longest_comes_first_with_whom_it_waits_for(alliance, propose, giver, bodies):
    late = propose()
    accept_commitment(commitment=late, by=giver, due_on=today())
    overdue_since = localdate() - timedelta(days=9)
    Commitment.objects.filter(pk=late.pk).update(due_on=overdue_since)
    unanswered = propose()
    since = localdate() - timedelta(days=12)
    Commitment.objects.filter(pk=unanswered.pk).update(answer_due_on=since)

    found = [(one.whom, one.since, one.days) for one in waiting_in(alliance)]

    assert found == [(bodies["giving"], since, 12), (bodies["giving"], overdue_since, 9)]


def test_a_decision_waits_for_each_lead_that_has_not_answered(alliance, secretariat, bodies):
    membership = alliance.memberships.get(organisation=bodies["firm"])
    membership.state = "applied"
    membership.save()
    ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[membership.pk],
        by=secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )

    found = {one.whom for one in waiting_in(alliance)}

    assert found == {alliance.lead_a, alliance.lead_b}


def test_only_commitments_of_the_next_two_weeks_are_due(alliance, propose, giver):
    days = (0, 14, 15)
    for ahead in days:
        commitment = propose()
        accept_commitment(commitment=commitment, by=giver, due_on=None)
        Commitment.objects.filter(pk=commitment.pk).update(
            due_on=localdate() + timedelta(days=ahead)
        )

    due = cockpit_of(alliance).due

    assert [(one.due_on - localdate()).days for one in due] == [0, 14]


def test_a_plan_tells_how_far_it_is_and_what_its_end_hangs_on(
    alliance, project, task, plan, bodies
):
    running = project("a", state="running", due_on=localdate())
    first = task(running, "giving", 5, ("accepted", 2), ("passed", 4))
    second, third = task(running, "giving", 5), task(running, "giving", 5)
    made = plan(running, 15)
    made.finish_on = localdate() + timedelta(days=3)
    made.save()
    for position, (one, is_critical) in enumerate([(first, True), (second, False), (third, True)]):
        PlannedTask.objects.create(
            plan=made,
            task=one,
            days=5,
            starts_on=localdate(),
            finishes_on=localdate() + timedelta(days=position),
            is_critical=is_critical,
        )

    [shown] = cockpit_of(alliance).plans

    assert (shown.done, shown.total, shown.late_days) == (1, 3, 3)
    assert shown.next.task == third


def test_matters_are_counted_once_however_often_their_clock_stopped(alliance, asked):
    asked(due=10)
    stopped = asked(due=10)
    for ended in (stopped.reported_at, stopped.reported_at, None):
        stopped.pauses.create(reason="等材料", from_at=stopped.reported_at, until_at=ended)
    asked(state="received")

    counts = cockpit_of(alliance).matters

    assert (counts.received, counts.running, counts.overdue, counts.parked) == (1, 2, 1, 0)


def test_every_act_changes_the_state_and_nothing_else_does(alliance, propose, giver):
    commitment = propose()
    before = state_of(alliance)
    cockpit_of(alliance)
    assert state_of(alliance) == before

    accept_commitment(commitment=commitment, by=giver, due_on=today())
    assert state_of(alliance) != before


def test_many_records_cost_no_more_questions(alliance, propose, asked, django_assert_num_queries):
    for _n in range(12):
        propose()
        asked(due=10)
    with django_assert_num_queries(5):
        shown = cockpit_of(alliance)

    assert shown.matters.overdue == 12
