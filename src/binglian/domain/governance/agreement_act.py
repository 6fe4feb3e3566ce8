"""Settling an agreement, and expelling a party from one, as reserved acts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.governance.models import AgreementVersion, Departure
from binglian.domain.ledger.chain import digest_of

from .actions.departing import EXPULSION, drop_expulsion, give_notice
from .actions.freezing import AGREEMENT, freeze_version
from .differences import clause_differences
from .promises import register_source
from .queries.agreements import numbered_texts, pledge_source, version_in_force
from .reserved import Change, ReservedAct, register


def _version(ids: list[int]) -> AgreementVersion:
    return AgreementVersion.objects.select_related("agreement__alliance").get(pk=ids[0])


def _departure(ids: list[int]) -> Departure:
    return Departure.objects.select_related("agreement__alliance", "organisation").get(pk=ids[0])


def _version_changes(ids: list[int]) -> list[Change]:
    """What is in force clause by clause, and what would be."""
    version = _version(ids)
    before = version_in_force(version.agreement)
    window = _("定稿后请各成员单位于 %(day)s 前确认") % {"day": version.sign_until}
    lines = [Change(str(version), str(before) if before else "", window)]
    old, new = (numbered_texts(one) if one else [] for one in (before, version))
    for change in clause_differences(old, new):
        if change.kind != "same":
            lines.append(Change(change.heading, change.text_before, change.text_after))
    return lines


def _expulsion_changes(ids: list[int]) -> list[Change]:
    departure = _departure(ids)
    days = departure.agreement.notice_days
    after = _("%(days)s 天通知期满后除名。理由：%(reason)s") % {
        "days": days,
        "reason": departure.reason,
    }
    label = f"{departure.organisation} · {departure.agreement}"
    return [Change(label, _("受协议约束"), after)]


def _hold_version(ids: list[int]) -> None:
    # Whoever writes a clause or a pledge holds the version as well.
    list(AgreementVersion.objects.filter(pk__in=ids).select_for_update().values_list("pk"))


def _version_digest(ids: list[int]) -> str:
    version = _version(ids)
    return digest_of({"text": version.text_digest(), "sign_until": version.sign_until})


def _expulsion_digest(ids: list[int]) -> str:
    one = _departure(ids)
    facts = [one.pk, one.state, one.reason, one.agreement.notice_days]
    return digest_of({"departure": facts})


def register_agreements() -> None:
    register_source("clause", pledge_source)
    register(
        ReservedAct(
            code=AGREEMENT,
            label=gettext_lazy("协议定稿"),
            subject=lambda ids: str(_version(ids)),
            changes=_version_changes,
            digest=_version_digest,
            put_in_force=lambda ids: freeze_version(version_id=ids[0]),
            hold=_hold_version,
            # A refused text stays a draft: it is changed and asked again.
            refuse=lambda _ids: None,
            path=lambda ids: f"agreements/{_version(ids).agreement_id}/{_version(ids).number}/",
        )
    )
    register(
        ReservedAct(
            code=EXPULSION,
            label=gettext_lazy("除名"),
            subject=lambda ids: str(_departure(ids).organisation),
            changes=_expulsion_changes,
            digest=_expulsion_digest,
            put_in_force=lambda ids: give_notice(departure_id=ids[0], by=None),
            refuse=lambda ids: drop_expulsion(departure_id=ids[0]),
            path=lambda ids: f"agreements/{_departure(ids).agreement_id}/",
        )
    )
