"""Communities name residents' supervisors; these say what they saw; the answer is on record."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint, open_account
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.checks.models import Observation, SupervisorNomination
from binglian.domain.checks.queries.supervisors import community_of
from binglian.domain.ledger.actions import record
from binglian.domain.matters.facts import PhotoFacts
from binglian.domain.matters.redaction import refuse_certain
from binglian.domain.projects.models import Project
from binglian.domain.refusals import found_or_refused, refuse_unless

State = SupervisorNomination.State
#: Who may name somebody for the residents.
NOMINATING = (Organisation.Kind.COMMUNITY, Organisation.Kind.SUBDISTRICT)
_NAMED = gettext_noop("“%(who)s”提名了一位群众监督员，请确认。")
_SAW = gettext_noop("“%(who)s”的群众监督员对“%(site)s”提出意见，请答复。")
_LOOK = gettext_noop("“%(who)s”的群众监督员对“%(site)s”提出意见，请去看看，属实的签发整改。")
_ANSWERED = gettext_noop("您对“%(site)s”的监督意见已有答复。")


@transaction.atomic
def nominate_supervisor(
    *, alliance: Alliance, organisation: Organisation, email: str, chosen_how: str, by: User
) -> SupervisorNomination:
    """A community (or street) names somebody its residents chose; the secretariat confirms.

    Raises
    ------
    ActionRefused
        No community or street, nobody says how the person was chosen, or named already.
    """
    seat = alliance.seat_of(organisation)
    require_permission(by, Permission.NOMINATE_SUPERVISORS, within=seat)
    refuse_unless(organisation.kind in NOMINATING, _("群众监督员由社区或街道提名。"))
    email, chosen_how = email.strip().lower(), chosen_how.strip()
    refuse_unless(email and chosen_how, _("请填邮箱，并写明居民怎样推选的。"))
    waiting = alliance.supervisor_nominations.filter(state=State.NOMINATED, email=email)
    refuse_unless(not waiting.exists(), _("已经提名，正等秘书处确认。"))
    nomination = SupervisorNomination.objects.create(
        alliance=alliance,
        organisation=organisation,
        email=email,
        chosen_how=chosen_how[:120],
        nominated_by=by,
    )
    change = {"chosen_how": nomination.chosen_how}
    record(
        by,
        "supervisor.nominated",
        nomination,
        within=alliance,
        organisation=organisation,
        change=change,
    )
    notify(
        people_with(alliance, Role.SECRETARIAT),
        key=f"supervisor:{nomination.pk}",
        message=_NAMED,
        facts={"who": organisation.name},
        url=f"/a/{alliance.slug}/supervisors/",
    )
    return nomination


@transaction.atomic
def appoint_supervisor(*, nomination: SupervisorNomination, by: User) -> tuple[User, bool]:
    """Give the person named the supervisor's seat; returns the account, and whether it is new.

    The account is called by the community and a number, so that no name is typed anywhere.
    """
    nomination = _locked(nomination)
    alliance = nomination.alliance
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    refuse_unless(nomination.state == State.NOMINATED, _("这份提名已经办理。"))
    user = User.objects.filter(email__iexact=nomination.email, is_active=True).first()
    is_new = user is None
    if user is None:
        user = open_account(
            alliance=alliance,
            by=by,
            username=f"supervisor-{nomination.pk}",
            email=nomination.email,
            display_name=f"群众监督员（{nomination.organisation.name} {nomination.pk}）"[:60],
        )
    appoint(
        alliance=alliance,
        user=user,
        role=Role.SUPERVISOR,
        organisation=nomination.organisation,
        by=by,
    )
    nomination.user = user
    _decide(nomination, State.APPOINTED, by)
    return user, is_new


@transaction.atomic
def decline_nomination(
    *, nomination: SupervisorNomination, reason: str, by: User
) -> SupervisorNomination:
    """The secretariat does not confirm, and says why; the address is forgotten."""
    nomination = _locked(nomination)
    require_permission(by, Permission.MANAGE_MEMBERS, within=nomination.alliance)
    refuse_unless(nomination.state == State.NOMINATED, _("这份提名已经办理。"))
    refuse_unless(reason.strip(), _("请写明原因，社区会看到。"))
    nomination.reason = reason.strip()[:200]
    return _decide(nomination, State.DECLINED, by)


@transaction.atomic
def file_observation(
    *, project: Project, place: str, text: str, by: User, photo: PhotoFacts | None = None
) -> Observation:
    """A supervisor says what they saw at a site (提交监督意见); the photo is for members only.

    Raises
    ------
    PermissionDenied
        ``by`` holds no supervisor's seat in the alliance of the project.
    ActionRefused
        Nothing said, or a number in it is certainly somebody's.
    """
    alliance = project.alliance
    require_permission(by, Permission.OBSERVE_SITES, within=alliance)
    organisation = found_or_refused(
        community_of(by, alliance), _("您的监督员席位没有写明社区，请秘书处补上。")
    )
    refuse_unless(place.strip() and text.strip(), _("请写在哪里，看到什么。"))
    refuse_certain(text)
    observation = Observation.objects.create(
        alliance=alliance,
        project=project,
        organisation=organisation,
        by=by,
        place=place.strip()[:120],
        text=text.strip()[:1000],
        photo=photo.image if photo else b"",
        photo_type=photo.media_type if photo else "",
    )
    change = {"place": observation.place}
    record(
        by,
        "observation.filed",
        observation,
        within=alliance,
        organisation=organisation,
        change=change,
    )
    answering = people_with(alliance, Role.SECRETARIAT) | liaison_officers(alliance, project.owner)
    told = {"who": organisation.name, "site": project.title_zh}
    inspecting = people_with(alliance, Role.INSPECTOR).exclude(pk__in=answering.values("pk"))
    for people, message in ((answering.distinct(), _SAW), (inspecting, _LOOK)):
        notify(
            people,
            key=f"observation:{observation.pk}",
            message=message,
            facts=told,
            url=_path(observation),
        )
    return observation


@transaction.atomic
def answer_observation(
    *, observation: Observation, answer: str, is_public: bool, by: User
) -> Observation:
    """The site's owner or the secretariat answers, on record; public unless it may not be.

    Raises
    ------
    PermissionDenied
        ``by`` keeps neither the site's books nor the alliance; or is who filed it.
    ActionRefused
        Nothing answered, answered before, or a number is certainly somebody's.
    """
    rows = Observation.objects.select_for_update(of=("self",))
    observation = rows.select_related("project__alliance", "project__owner", "by").get(
        pk=observation.pk
    )
    project = observation.project
    require_permission(by, Permission.KEEP_SITE_BOOKS, within=project.seat)
    if observation.by_id == by.pk:
        raise PermissionDenied(_("自己提的意见由别人答复。"))
    refuse_unless(observation.state == Observation.State.FILED, _("这条意见已答复。"))
    refuse_unless(answer.strip(), _("请写怎样处理、什么时候完成。"))
    refuse_certain(answer)
    observation.state, observation.answer = Observation.State.ANSWERED, answer.strip()[:2000]
    observation.is_public = is_public
    observation.answered_by, observation.answered_at = by, now()
    observation.save()
    change = {"is_public": is_public}
    record(by, "observation.answered", observation, within=project.alliance, change=change)
    notify(
        [observation.by],
        key=f"observation:{observation.pk}:answered",
        message=_ANSWERED,
        facts={"site": project.title_zh},
        url=_path(observation),
    )
    return observation


def _decide(nomination: SupervisorNomination, state: str, by: User) -> SupervisorNomination:
    nomination.state, nomination.email = state, ""
    nomination.decided_by, nomination.decided_at = by, now()
    nomination.save()
    record(
        by,
        f"supervisor.{state}",
        nomination,
        within=nomination.alliance,
        organisation=nomination.organisation,
        change={"reason": nomination.reason} if nomination.reason else None,
    )
    return nomination


def _locked(nomination: SupervisorNomination) -> SupervisorNomination:
    rows = SupervisorNomination.objects.select_for_update(of=("self",))
    return rows.select_related("alliance", "organisation").get(pk=nomination.pk)


def _path(observation: Observation) -> str:
    return f"/a/{observation.project.alliance.slug}/observations/{observation.pk}/"
