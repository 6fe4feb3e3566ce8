"""From a proposed run to commitments: asked of both leads, then published."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import today
from binglian.domain.alliance.queries import liaison_officers
from binglian.domain.coupling.models import Commitment, CouplingRun
from binglian.domain.coupling.queries import compare_with_previous, matches_of
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.models import Decision
from binglian.domain.governance.reserved import Change, ReservedAct, register
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.chain import digest_of
from binglian.domain.refusals import refuse_unless

PUBLICATION = "coupling.publication"
_ASKED_OF_US = gettext_noop("“%(need)s”请贵单位提供“%(offer)s”%(quantity)s%(unit)s，请认领或谢绝。")


def ask_publication(*, run: CouplingRun, by: User) -> Decision:
    """The secretariat puts a proposed run before both leads."""
    run = CouplingRun.objects.get(pk=run.pk)
    refuse_unless(run.state == CouplingRun.State.PROPOSED, _("只有待审定的结果可以提请公布。"))
    refuse_unless(run.matches.exists(), _("这次运算没有匹配，无可公布。"))
    return ask_decision(
        alliance=run.alliance,
        act=PUBLICATION,
        object_ids=[run.pk],
        by=by,
        permission=Permission.RUN_COUPLING,
    )


@transaction.atomic
def publish_run(*, run_id: int) -> CouplingRun:
    """Both leads have approved: every match becomes a commitment that its giver is asked for."""
    run = CouplingRun.objects.select_for_update().get(pk=run_id)
    refuse_unless(run.state == CouplingRun.State.PROPOSED, _("这次运算不在待审定状态。"))
    alliance = run.alliance
    answer_due_on = add_working_days(today(), alliance.answer_days)
    for match in matches_of(run):
        commitment = Commitment.objects.create(
            run=run,
            offer=match.offer,
            component=match.component,
            slot=match.slot,
            quantity=match.quantity,
            reason_zh=match.reason_zh,
            reason_en=match.reason_en,
            answer_due_on=answer_due_on,
            due_on=match.component.need.deadline,
        )
        record(
            None,
            "commitment.proposed",
            commitment,
            within=alliance,
            organisation=match.offer.organisation,
            change={"quantity": match.quantity},
        )
        notify(
            liaison_officers(alliance, match.offer.organisation),
            key=f"commitment:{commitment.pk}:proposed",
            message=_ASKED_OF_US,
            facts={
                "need": match.component.need.title,
                "offer": match.offer.title,
                "quantity": f"{match.quantity.normalize():f}",
                "unit": match.offer.unit,
            },
            url=f"/a/{alliance.slug}/commitments/{commitment.pk}/",
        )
    earlier = alliance.runs.filter(state=CouplingRun.State.PROPOSED).exclude(pk=run.pk)
    earlier.update(state=CouplingRun.State.SUPERSEDED)
    run.state, run.published_at = CouplingRun.State.PUBLISHED, now()
    run.save(update_fields=["state", "published_at"])
    record(None, "run.published", run, within=alliance)
    return run


def _changes(ids: list[int]) -> list[Change]:
    """What the run promises, beside the last one published."""
    run = CouplingRun.objects.select_related("alliance").get(pk=ids[0])
    published = run.alliance.runs.filter(state=CouplingRun.State.PUBLISHED).exclude(pk=run.pk)
    last = published.order_by("-published_at").first()
    lines = [
        Change(str(_("已公布的结果")), str(last or ""), str(run)),
        Change(str(_("满足的需求")), _met(last), _met(run)),
        Change(str(_("匹配")), str(last.matches.count()) if last else "", str(run.matches.count())),
    ]
    comparison = compare_with_previous(run)
    if comparison:
        counts = {
            "added": len(comparison.added),
            "removed": len(comparison.removed),
            "changed": len(comparison.changed),
        }
        difference = _("新增 %(added)s，减少 %(removed)s，数量变化 %(changed)s") % counts
        lines.append(Change(str(_("与上次运算相比")), str(comparison.previous), str(difference)))
    return lines


def _met(run: CouplingRun | None) -> str:
    if run is None:
        return ""
    return str(_("%(met)s / %(needs)s 项") % {"met": run.met_count, "needs": run.need_count})


def _hold(ids: list[int]) -> None:
    CouplingRun.objects.select_for_update().get(pk=ids[0])


def _digest(ids: list[int]) -> str:
    run = CouplingRun.objects.get(pk=ids[0])
    rows = run.matches.order_by("offer_id", "component_id", "slot")
    content = [[m.offer_id, m.component_id, m.slot, m.quantity] for m in rows]
    return digest_of({"run": run.pk, "state": run.state, "matches": content})


def register_publication() -> None:
    register(
        ReservedAct(
            code=PUBLICATION,
            label=_("公布耦合结果"),
            subject=lambda ids: str(CouplingRun.objects.get(pk=ids[0])),
            changes=_changes,
            digest=_digest,
            put_in_force=lambda ids: publish_run(run_id=ids[0]),
            # A refused proposal stays open: it may be changed by hand and asked again.
            refuse=lambda _ids: None,
            path=lambda ids: f"runs/{ids[0]}/",
            hold=_hold,
        )
    )
