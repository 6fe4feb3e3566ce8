"""The members of an alliance, and the ways in: by hand, by application, by invitation."""

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.actions import (
    INVITATION_DAYS,
    enter_organisation,
    invite,
    propose_member,
    refuse_application,
    take_up_application,
    withdraw_member,
)
from binglian.domain.alliance.exports import members_sheet
from binglian.domain.alliance.models import Alliance, Application, Membership
from binglian.domain.alliance.queries import (
    find_organisation,
    invitations_visible_to,
    matching_names,
    members_of,
)
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.admission import ADMISSION
from binglian.domain.governance.models import Decision
from binglian.web.access import alliance_or_404, may
from binglian.web.alliance.credit_codes import credit_code_warning
from binglian.web.alliance.forms import InvitationForm, MemberFilter, MemberForm
from binglian.web.downloads import download
from binglian.web.paging import page_of

#: Where a new link waits in the session until the page that shows it, once.
_NEW_LINK = "new-invitation-link"


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs or asks to; for the secretariat also what waits to be done about it."""
    alliance = alliance_or_404(request, slug)
    form = MemberFilter(request.GET, alliance=alliance)
    # Each knows its alliance, since it is asked for through it.
    rows = members_of(alliance).select_related(None).select_related("organisation")
    context = page_of(request, _narrowed(rows, form)) | {
        "alliance": alliance,
        "section": "members",
        "filter": form,
        "is_filtered": form.is_valid() and any(form.cleaned_data.values()),
        "may_manage": may(request, Permission.MANAGE_MEMBERS, alliance),
    }
    if context["may_manage"]:
        context["applications"] = alliance.applications.filter(state=Application.State.RECEIVED)
        context["to_put_forward"] = _not_yet_asked(alliance)
    return render(request, "alliance/members.html", context)


@require_safe
def members_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The members on the reader's screen, in the template's columns."""
    alliance = alliance_or_404(request, slug)
    rows = members_of(alliance).select_related("organisation__parent", "alliance")
    narrowed = _narrowed(rows, MemberFilter(request.GET, alliance=alliance))
    sheet = members_sheet(alliance, narrowed, request.LANGUAGE_CODE)
    return download(sheet, f"{alliance}-{_('成员名单')}", request.GET.get("format", ""))


def _narrowed(rows: QuerySet[Membership], form: MemberFilter) -> QuerySet[Membership]:
    if not form.is_valid():
        return rows
    wanted = form.cleaned_data
    chosen = {field: wanted[field] for field in ("category", "state") if wanted[field]}
    return matching_names(rows, wanted["q"]).filter(**chosen)


def member_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter an organisation and put it forward; one already known is only put forward."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEMBERS)
    form = MemberForm(request.POST or None, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        with transaction.atomic():
            organisation = find_organisation(facts["name"]) or enter_organisation(
                by=request.user, alliance=alliance, **facts
            )
            propose_member(
                alliance=alliance,
                organisation=organisation,
                category=form.cleaned_data["category"],
                from_on=form.cleaned_data["from_on"],
                by=request.user,
            )
        if warning := credit_code_warning(facts["credit_code"]):
            messages.warning(request, warning)
        messages.success(request, _("已登记“%(name)s”，待提请接纳。") % {"name": organisation})
        return redirect("alliance:members", slug)
    context = {"alliance": alliance, "section": "members", "form": form}
    return render(request, "alliance/member_new.html", context, status=_status(request))


@require_POST
def ask_admission(request: HttpRequest, slug: str) -> HttpResponse:
    """Put everybody who waits before both leads."""
    alliance = alliance_or_404(request, slug)
    waiting = _not_yet_asked(alliance)
    decision = ask_decision(
        alliance=alliance,
        act=ADMISSION.code,
        object_ids=[membership.pk for membership in waiting],
        by=request.user,
        permission=Permission.MANAGE_MEMBERS,
    )
    if decision.state == Decision.State.IN_FORCE:
        messages.success(request, _("已接纳 %(count)s 个单位。") % {"count": len(waiting)})
        return redirect("alliance:members", slug)
    messages.success(
        request, _("已就 %(count)s 个单位提请两个牵头单位决定。") % {"count": len(waiting)}
    )
    return redirect("governance:decision", slug, decision.pk)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A member leaves from today."""
    alliance = alliance_or_404(request, slug)
    membership = get_object_or_404(alliance.memberships, pk=pk)
    reason = request.POST.get("reason", "").strip()[:200]
    withdraw_member(membership=membership, by=request.user, reason=reason)
    messages.success(
        request, _("“%(name)s”已退出联盟，已有承诺仍在案。") % {"name": membership.organisation}
    )
    return redirect("alliance:members", slug)


@require_POST
def take_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The secretariat takes an application up."""
    alliance = alliance_or_404(request, slug)
    application = get_object_or_404(alliance.applications, pk=pk)
    take_up_application(application=application, by=request.user)
    messages.success(request, _("已受理“%(name)s”，待提请接纳。") % {"name": application})
    return redirect("alliance:members", slug)


@require_POST
def refuse(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The secretariat turns an application down."""
    alliance = alliance_or_404(request, slug)
    application = get_object_or_404(alliance.applications, pk=pk)
    reason = request.POST.get("reason", "").strip()[:200]
    refuse_application(application=application, reason=reason, by=request.user)
    messages.success(request, _("未受理“%(name)s”，原因已记录。") % {"name": application})
    return redirect("alliance:members", slug)


def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link, show it once, and list those made before."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEMBERS)
    form = InvitationForm(request.POST or None, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        _invitation, path = invite(alliance=alliance, by=request.user, **form.cleaned_data)
        request.session[_NEW_LINK] = path
        messages.success(request, _("邀请链接已生成。"))
        return redirect("alliance:invite", slug)
    new_link = request.session.pop(_NEW_LINK, None) if request.method == "GET" else None
    context = page_of(request, invitations_visible_to(request.user, alliance)) | {
        "alliance": alliance,
        "section": "members",
        "form": form,
        "new_link": new_link and request.build_absolute_uri(new_link),
        "days": INVITATION_DAYS,
        "apply_url": request.build_absolute_uri(f"/apply/{alliance.slug}/"),
    }
    return render(request, "alliance/invite.html", context, status=_status(request))


def _not_yet_asked(alliance: Alliance) -> list[Membership]:
    """Those who wait for admission and are in no open decision."""
    open_decisions = alliance.decisions.filter(act=ADMISSION.code, state=Decision.State.ASKED)
    asked = {pk for ids in open_decisions.values_list("object_ids", flat=True) for pk in ids}
    applied = members_of(alliance).filter(state=Membership.State.APPLIED)
    return [membership for membership in applied if membership.pk not in asked]


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
