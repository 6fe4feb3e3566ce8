"""A text is settled: both leads approve exactly it, then it is frozen and everybody may sign."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import today
from binglian.domain.alliance.queries import (
    admitted_organisations,
    liaison_officers,
    signatories,
)
from binglian.domain.governance.models import AgreementVersion, Decision, Signature
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .asking import ask_decision

AGREEMENT = "governance.agreement"
_TO_SIGN = gettext_noop("《%(agreement)s》已定稿，请“%(who)s”于 %(day)s 前确认或谢绝。")


@transaction.atomic
def ask_to_freeze(*, version: AgreementVersion, sign_until: date, by: User) -> Decision:
    """Put the text before the leads; ``sign_until`` is the last day to sign it.

    Whatever is written in between makes their approvals lapse, and it is asked again.
    """
    version = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    alliance = version.agreement.alliance
    require_permission(by, Permission.DRAFT_AGREEMENTS, within=alliance)
    refuse_unless(version.is_open, _("文本已定稿。"))
    refuse_unless(sign_until > today(), _("确认截止日期要晚于今天。"))
    refuse_unless(version.clauses.exists(), _("还没有条款，不能定稿。"))
    unanswered = version.comments.filter(answer="").count()
    refuse_unless(
        not unanswered, _("还有 %(count)s 条意见没有答复，请先逐条答复。") % {"count": unanswered}
    )
    _refuse_stale_pledges(version)
    version.sign_until = sign_until
    version.save(update_fields=["sign_until"])
    return ask_decision(
        alliance=alliance,
        act=AGREEMENT,
        object_ids=[version.pk],
        by=by,
        permission=Permission.DRAFT_AGREEMENTS,
    )


@transaction.atomic
def freeze_version(*, version_id: int) -> AgreementVersion:
    """The leads have approved: the text stands as it is, and every member is asked to sign."""
    version = AgreementVersion.objects.select_for_update().get(pk=version_id)
    refuse_unless(version.is_open, _("文本已定稿。"))
    alliance = version.agreement.alliance
    # The leads may have taken longer than the window was meant to last.
    version.sign_until = max(version.sign_until or today(), today())
    version.state, version.frozen_at = AgreementVersion.State.SIGNING, now()
    version.digest = version.text_digest()
    version.save(update_fields=["state", "frozen_at", "digest", "sign_until"])
    record(None, "agreement.frozen", version, within=alliance, change={"digest": version.digest})
    for organisation in admitted_organisations(alliance):
        Signature.objects.create(version=version, organisation=organisation)
        people = signatories(alliance, organisation) | liaison_officers(alliance, organisation)
        notify(
            people.distinct(),
            key=f"agreement:{version.pk}:sign:{organisation.pk}",
            message=_TO_SIGN,
            facts={
                "agreement": version.title,
                "who": organisation.name,
                "day": version.sign_until,
            },
            url=f"{version.path}sign/{organisation.pk}/",
        )
    return version


def _refuse_stale_pledges(version: AgreementVersion) -> None:
    members = admitted_organisations(version.agreement.alliance)
    for clause in version.clauses.prefetch_related("pledges__giver", "pledges__receiver"):
        for pledge in clause.pledges.all():
            for who in (pledge.giver, pledge.receiver):
                refuse_unless(
                    members.filter(pk=who.pk).exists(),
                    _("第 %(number)s 条的承诺“%(pledge)s”：“%(who)s”已不是成员，请修改。")
                    % {"number": clause.number, "pledge": pledge, "who": who},
                )
