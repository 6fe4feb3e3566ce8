"""Reminders about agreements: signatures awaited, comments closing, terms that run out."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import LEADS, OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import today
from binglian.domain.alliance.queries import liaison_officers, people_with, signatories
from binglian.domain.governance.models import AgreementVersion, Signature

State = AgreementVersion.State
#: Days before a window closes on which those awaited are reminded.
AHEAD = 3
_SIGN = gettext_noop("《%(agreement)s》将于 %(day)s 截止确认，请“%(who)s”确认或谢绝。")
_COMMENT = gettext_noop("《%(agreement)s》将于 %(day)s 截止征求意见。")
_RENEW = gettext_noop("《%(agreement)s》将于 %(day)s 到期，请商议续签。")


def remind_of_agreements() -> int:
    """Tell whoever is awaited, once per event; returns how many messages were new."""
    soon = today() + timedelta(days=AHEAD)
    told = 0
    awaited = Signature.objects.filter(
        state=Signature.State.AWAITED, version__state=State.SIGNING, version__sign_until__lte=soon
    ).defer("scan")
    for one in awaited.select_related("organisation", "version__agreement__alliance"):
        alliance = one.version.agreement.alliance
        people = signatories(alliance, one.organisation) | liaison_officers(
            alliance, one.organisation
        )
        path = f"{one.version.path}sign/{one.organisation_id}/"
        told += _tell(one.version, _SIGN, people, f"late:{one.pk}", path, one.organisation.name)
    rows = AgreementVersion.objects.select_related("agreement__alliance")
    for version in rows.filter(state=State.COMMENTS, comments_until__range=(today(), soon)):
        people = people_with(version.agreement.alliance, *OF_AN_ORGANISATION)
        told += _tell(version, _COMMENT, people, "closing", version.path)
    for version in rows.filter(state=State.IN_FORCE):
        agreement = version.agreement
        if agreement.is_up_for_renewal:
            people = people_with(agreement.alliance, Role.SECRETARIAT, *LEADS)
            told += _tell(version, _RENEW, people, "renew", agreement.path)
    return told


def _tell(
    version: AgreementVersion,
    message: str,
    people: QuerySet[User],
    what: str,
    url: str,
    who: str = "",
) -> int:
    day = {
        _SIGN: version.sign_until,
        _COMMENT: version.comments_until,
        _RENEW: version.agreement.until_on,
    }[message]
    return notify(
        people.distinct(),
        key=f"agreement:{version.pk}:{what}:{day}",
        message=message,
        facts={"agreement": version.title, "day": day, "who": who},
        url=url,
    )
