"""The comment round: members say what they think of a draft, the secretariat answers each."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.governance.models import AgreementVersion, Comment
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

State = AgreementVersion.State
_OPENED = gettext_noop("《%(agreement)s》征求意见，请于 %(day)s 前提出。")
_SAID = gettext_noop("“%(who)s”对《%(agreement)s》提了意见，请答复。")
_ANSWERED = gettext_noop("对《%(agreement)s》的意见已有答复：%(answer)s")


@transaction.atomic
def open_comments(*, version: AgreementVersion, until: date, by: User) -> AgreementVersion:
    """Show a draft to all members for comment until a day; that day can be moved."""
    version = _locked(version)
    alliance = version.agreement.alliance
    require_permission(by, Permission.DRAFT_AGREEMENTS, within=alliance)
    refuse_unless(version.is_open, _("文本已定稿，不再征求意见。"))
    refuse_unless(until >= today(), _("截止日期不能早于今天。"))
    version.state, version.comments_until = State.COMMENTS, until
    version.save(update_fields=["state", "comments_until"])
    record(by, "agreement.comments_opened", version, within=alliance, change={"until": until})
    notify(
        people_with(alliance, *OF_AN_ORGANISATION),
        key=f"agreement:{version.pk}:comments:{until}",
        message=_OPENED,
        facts={"agreement": version.title, "day": until},
        url=version.path,
    )
    return version


@transaction.atomic
def comment_on(
    *,
    version: AgreementVersion,
    organisation: Organisation,
    text: str,
    by: User,
    clause_number: int = 0,
) -> Comment:
    """A member comments on a clause, or with number 0 on the whole."""
    version = _locked(version)
    alliance = version.agreement.alliance
    seat = alliance.seat_of(organisation)
    require_permission(by, Permission.COMMENT_ON_AGREEMENTS, within=seat)
    is_open = version.state == State.COMMENTS and (version.comments_until or today()) >= today()
    refuse_unless(is_open, _("现在不在征求意见期内。"))
    refuse_unless(text.strip(), _("请写下意见。"))
    is_known = not clause_number or version.clauses.filter(number=clause_number).exists()
    refuse_unless(is_known, _("没有第 %(number)s 条。") % {"number": clause_number})
    comment = Comment.objects.create(
        version=version,
        organisation=organisation,
        clause_number=clause_number,
        text=text.strip(),
        by=by,
    )
    record(
        by,
        "agreement.commented",
        comment,
        within=alliance,
        organisation=organisation,
        change={"clause": clause_number, "text": comment.text},
    )
    notify(
        people_with(alliance, Role.SECRETARIAT),
        key=f"comment:{comment.pk}",
        message=_SAID,
        facts={"who": organisation.name, "agreement": version.title},
        url=f"{version.path}#comment-{comment.pk}",
    )
    return comment


@transaction.atomic
def answer_comment(*, comment: Comment, answer: str, by: User) -> Comment:
    """The secretariat says what came of a comment; the member hears of it."""
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    version = comment.version
    alliance = version.agreement.alliance
    require_permission(by, Permission.DRAFT_AGREEMENTS, within=alliance)
    refuse_unless(not comment.answer, _("这条意见已答复。"))
    refuse_unless(answer.strip(), _("请写明如何处理。"))
    comment.answer, comment.answered_by, comment.answered_at = answer.strip(), by, now()
    comment.save(update_fields=["answer", "answered_by", "answered_at"])
    change = {"answer": comment.answer}
    record(by, "agreement.comment_answered", comment, within=alliance, change=change)
    notify(
        liaison_officers(alliance, comment.organisation),
        key=f"comment:{comment.pk}:answered",
        message=_ANSWERED,
        facts={"agreement": version.title, "answer": comment.answer},
        url=f"{version.path}#comment-{comment.pk}",
    )
    return comment


def _locked(version: AgreementVersion) -> AgreementVersion:
    rows = AgreementVersion.objects.select_for_update(of=("self",))
    return rows.select_related("agreement__alliance").get(pk=version.pk)
