"""The three rates, by numbers worked out by hand."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from binglian.domain.matters.actions import ask_exclusion, confirm_exclusion
from binglian.domain.matters.models import Contact, Matter, Revisit
from binglian.domain.matters.queries import three_rates
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def made(alliance, giver, giving):
    """A matter dispatched ten days ago; hours until contact, days until the answer."""

    def make(
        contact_after=None, answer_after=None, outcome="solved", solved="", content="", **more
    ):
        since = now() - timedelta(days=10)
        n = Matter.objects.count()
        matter = Matter.objects.create(
            alliance=alliance,
            number=f"T-{n}",
            source="web",
            text="积水",
            token_digest=f"{n:064d}",
            lead=giving,
            state="closed",
            reported_at=since,
            dispatched_at=since,
            contact_due_at=since + timedelta(hours=24),
            due_at=since + timedelta(days=5),
            contacted_at=contact_after and since + timedelta(hours=contact_after),
            replied_at=answer_after and since + timedelta(days=answer_after),
        )
        if more.get("is_reachable", True):
            Contact.objects.create(
                matter=matter, consent_text="同意", consented_at=since, erase_on=localdate()
            )
        if answer_after:
            reply = matter.replies.create(
                organisation=giving,
                outcome=outcome,
                public_text="已办",
                by=giver,
                at=matter.replied_at,
                is_confirmed=True if outcome == "unreasonable" else None,
            )
            if solved:
                Revisit.objects.create(
                    reply=reply, channel="link", solved=solved, content=content, at=now()
                )
        return matter

    return make


@pytest.fixture
def rates(alliance):
    return lambda: three_rates(alliance, localdate() - timedelta(days=30), localdate())


def test_the_three_rates_count_what_they_say(made, rates):
    for _ in range(3):
        made(2, 3, "solved", "yes", "yes")
    made(2, 3, "solved", "no", "no")
    made(30, 6, "explained", "explained", "basically")  # reached late, answered late
    made(None, None)  # never reached, never answered
    made(2, 3)  # not revisited
    made(2, 3, is_reachable=False)  # anonymous
    made(2, 3, "unreasonable", "no", "no")

    found = rates()

    assert (found.response.numerator, found.response.denominator) == (6, 8)
    assert found.response.exclusions == {"没有留下联系方式": 1}
    assert (found.solved.numerator, found.solved.denominator) == (3, 5)
    assert found.solved.exclusions == {"诉求不合理（已复核）": 1}
    assert (found.content.numerator, found.content.denominator) == (4, 5)
    assert (found.on_time.numerator, found.on_time.denominator) == (7, 9)
    assert (found.revisited.numerator, found.revisited.denominator) == (5, 7)
    assert found.outcomes == {"solved": 6, "explained": 1, "unreasonable": 1}
    assert found.solved.share == 0.6


def test_a_share_of_fewer_than_five_is_not_told(made, rates):
    for _ in range(4):
        made(2, 3, "solved", "yes", "yes")

    assert (rates().solved.numerator, rates().solved.share) == (4, None)


def test_what_is_still_in_time_counts_as_pending(dispatched, rates):
    found = rates()

    assert (found.on_time.denominator, found.on_time.pending) == (0, 1)


def test_an_exclusion_counts_once_two_people_agree(made, rates, secretariat, reviewer, giver):
    matter = made(30, 3, "solved", "no", "no")
    with pytest.raises(PermissionDenied):
        ask_exclusion(matter=matter, rate="solved", reason="误填", by=giver)
    asked = ask_exclusion(matter=matter, rate="solved", reason="诉求人误填", by=secretariat)
    assert rates().solved.denominator == 1
    with pytest.raises(ActionRefused, match="另一人"):
        confirm_exclusion(exclusion=asked, by=secretariat)

    confirm_exclusion(exclusion=asked, by=reviewer)

    assert rates().solved.denominator == 0
    assert rates().solved.exclusions == {"诉求人误填": 1}
    assert rates().content.denominator == 1


def test_the_rates_take_few_queries(made, rates, django_assert_max_num_queries):
    for _ in range(5):
        made(2, 3, "solved", "yes", "yes")

    with django_assert_max_num_queries(2):
        rates()
