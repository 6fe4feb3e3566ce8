"""Agreements: the list, one version with who has signed, differences, the signed document."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import signed_for_by
from binglian.domain.governance.actions import (
    answer_comment,
    ask_expulsion,
    ask_to_freeze,
    begin_version,
    comment_on,
    open_comments,
    withdraw_from_agreement,
)
from binglian.domain.governance.actions.freezing import AGREEMENT
from binglian.domain.governance.differences import clause_differences
from binglian.domain.governance.models import AgreementVersion, Comment, Signature
from binglian.domain.governance.queries import last_signed, open_decision
from binglian.domain.governance.queries.agreements import (
    agreements_visible_to,
    comments_of,
    may_accede,
    numbered_texts,
    parties_of,
    signatures_of,
    version_in_force,
    version_in_the_making,
    versions_visible_to,
)
from binglian.domain.governance.queries.signing import origin_of
from binglian.domain.governance.words import signature_word
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.queries import last_records
from binglian.web.access import alliance_or_404, may
from binglian.web.paging import page_of

from . import agreement_forms as typed

State, Answer = AgreementVersion.State, Signature.State


@require_safe
def agreements(request: HttpRequest, slug: str) -> HttpResponse:
    """Every agreement of the alliance with what is in force and what is in the making."""
    alliance = alliance_or_404(request, slug)
    context = page_of(request, agreements_visible_to(request.user).filter(alliance=alliance))
    context["rows"] = [
        (one, version_in_force(one), version_in_the_making(one)) for one in context["rows"]
    ]
    context |= {
        "alliance": alliance,
        "section": "agreements",
        "may_draft": may(request, Permission.DRAFT_AGREEMENTS, alliance),
    }
    return render(request, "governance/agreements.html", context)


@require_safe
def agreement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The version one comes for: in the making, else in force, else the last."""
    alliance = alliance_or_404(request, slug)
    found = get_object_or_404(agreements_visible_to(request.user), alliance=alliance, pk=pk)
    version = version_in_the_making(found) or version_in_force(found) or found.versions.first()
    if version is None:
        raise Http404
    return redirect("governance:version", slug, pk, version.number)


@require_safe
def version(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """The text, what is said about it, who has signed, and the reader's next step."""
    return version_page(request, *find_version(request, slug, pk, edition), {})


@require_safe
def changes(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """Clause by clause, what this version changes of the one before."""
    alliance, found = find_version(request, slug, pk, edition)
    before = found.agreement.versions.filter(number__lt=edition).first()
    if before is None:
        raise Http404
    told = clause_differences(numbered_texts(before), numbered_texts(found))
    context = {
        "alliance": alliance,
        "section": "agreements",
        "version": found,
        "before": before,
        "changes": [one for one in told if one.kind != "same"],
        "same": sum(one.kind == "same" for one in told),
    }
    return render(request, "governance/agreement_changes.html", context)


@require_safe
def signed_file(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """The signed document to keep."""
    _alliance, found = find_version(request, slug, pk, edition)
    file = last_signed(origin_of(found))
    if file is None:
        raise Http404
    name = content_disposition_header(True, f"{found.agreement.title}-{edition}.pdf")
    headers = {"Content-Disposition": name}
    return HttpResponse(bytes(file.content), "application/pdf", headers=headers)


@require_POST
def begin(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The next version, as a copy to be changed."""
    alliance = alliance_or_404(request, slug, Permission.DRAFT_AGREEMENTS)
    found = get_object_or_404(agreements_visible_to(request.user), alliance=alliance, pk=pk)
    made = begin_version(agreement=found, by=request.user)
    return redirect("governance:agreement_edit", slug, pk, made.number)


@require_POST
def comments_open(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """Begin the comment round, or move its last day."""
    alliance, found = find_version(request, slug, pk, edition)
    require_permission(request.user, Permission.DRAFT_AGREEMENTS, within=alliance)
    form = typed.CommentsUntilForm(request.POST, auto_id="comments_%s")
    if not form.is_valid():
        return version_page(request, alliance, found, {"comments_form": form})
    open_comments(version=found, until=form.cleaned_data["until"], by=request.user)
    return _done(request, found, _("已通知各成员单位提意见。"))


@require_POST
def comment(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """A member says what it thinks."""
    alliance, found = find_version(request, slug, pk, edition)
    own = own_here(request, alliance)
    form = typed.CommentForm(request.POST, clauses=found.clauses.all(), own=own)
    if not own:
        require_permission(
            request.user,
            Permission.COMMENT_ON_AGREEMENTS,
            within=alliance.seat_of(alliance.lead_a),
        )
    if not form.is_valid():
        return version_page(request, alliance, found, {"comment_form": form})
    comment_on(version=found, by=request.user, **form.cleaned_data)
    return _done(request, found, _("意见已提交，秘书处会答复。"))


@require_POST
def comment_answer(
    request: HttpRequest, slug: str, pk: int, edition: int, comment: int
) -> HttpResponse:
    """The secretariat answers one comment."""
    alliance, found = find_version(request, slug, pk, edition)
    require_permission(request.user, Permission.DRAFT_AGREEMENTS, within=alliance)
    said = get_object_or_404(Comment, version=found, pk=comment)
    form = typed.AnswerCommentForm(request.POST)
    if not form.is_valid():
        return version_page(request, alliance, found, {})
    answer_comment(comment=said, answer=form.cleaned_data["answer"], by=request.user)
    return _done(request, found, _("已答复。"))


@require_POST
def freeze(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """Put the text before the leads."""
    alliance, found = find_version(request, slug, pk, edition)
    require_permission(request.user, Permission.DRAFT_AGREEMENTS, within=alliance)
    form = typed.SignUntilForm(request.POST, auto_id="freeze_%s")
    if not form.is_valid():
        return version_page(request, alliance, found, {"freeze_form": form})
    until = form.cleaned_data["until"]
    decision = ask_to_freeze(version=found, sign_until=until, by=request.user)
    messages.success(request, _("已提请。此后若再改一个字，须重新提请。"))
    return redirect("governance:decision", slug, decision.pk)


@require_POST
def leave(
    request: HttpRequest, slug: str, pk: int, edition: int, organisation: int
) -> HttpResponse:
    """A party gives notice."""
    alliance, found = find_version(request, slug, pk, edition)
    who = get_object_or_404(Organisation, pk=organisation, memberships__alliance=alliance)
    seat = alliance.seat_of(who)
    require_permission(request.user, Permission.SIGN_FOR_ORGANISATION, within=seat)
    form = typed.WhyForm(request.POST)
    if not form.is_valid():
        return version_page(request, alliance, found, {})
    departure = withdraw_from_agreement(
        agreement=found.agreement,
        organisation=who,
        by=request.user,
        reason=form.cleaned_data["why"],
    )
    said = _("已提出退出，%(day)s 前承诺照常履行。") % {"day": departure.ends_on}
    return _done(request, found, said)


@require_POST
def expel(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """Put an expulsion before the leads."""
    alliance, found = find_version(request, slug, pk, edition)
    require_permission(request.user, Permission.DRAFT_AGREEMENTS, within=alliance)
    form = typed.ExpelForm(request.POST, parties=parties_of(found))
    if not form.is_valid():
        return version_page(request, alliance, found, {"expel_form": form})
    decision = ask_expulsion(
        agreement=found.agreement,
        organisation=form.cleaned_data["organisation"],
        by=request.user,
        reason=form.cleaned_data["why"],
    )
    return redirect("governance:decision", slug, decision.pk)


def find_version(
    request: HttpRequest, slug: str, pk: int, edition: int
) -> tuple[Alliance, AgreementVersion]:
    alliance = alliance_or_404(request, slug)
    visible = versions_visible_to(request.user).filter(agreement__alliance=alliance)
    return alliance, get_object_or_404(visible, agreement=pk, number=edition)


def own_here(
    request: HttpRequest, alliance: Alliance, roles: Collection[Role] = OF_AN_ORGANISATION
) -> list[Organisation]:
    """The organisations the reader speaks or signs for here, by name."""
    held = alliance.seats_held(request.user)
    own = {seat.organisation for seat in held if Role(seat.role) in roles and seat.organisation}
    return sorted(own, key=lambda one: one.name)


def version_page(
    request: HttpRequest,
    alliance: Alliance,
    found: AgreementVersion,
    failed: dict[str, Any],
) -> HttpResponse:
    answers = list(signatures_of(found))
    own = own_here(request, alliance)
    clauses = list(found.clauses.prefetch_related("pledges__giver", "pledges__receiver"))
    may_draft = may(request, Permission.DRAFT_AGREEMENTS, alliance)
    writes, is_in_force = may_draft and found.is_open, found.state == State.IN_FORCE
    bound = {one.organisation_id for one in answers if one.state == Answer.SIGNED}
    comments_open = found.state == State.COMMENTS
    context = {
        "alliance": alliance,
        "section": "agreements",
        "version": found,
        "agreement": found.agreement,
        "word": signature_word(),
        "clauses": clauses,
        "comments": list(comments_of(found)),
        "before": found.agreement.versions.filter(number__lt=found.number).first(),
        "signed": _with_records([one for one in answers if one.state == Answer.SIGNED]),
        "awaited": [one for one in answers if one.state in (Answer.AWAITED, Answer.CHECKING)],
        "others": [
            one
            for one in answers
            if one.state in (Answer.DECLINED, Answer.MISSED) and one.organisation_id not in bound
        ],
        "total": len({one.organisation_id for one in answers}),
        "departures": found.agreement.departures.select_related("organisation"),
        "file": last_signed(origin_of(found)),
        "decision": open_decision(alliance, AGREEMENT, found.pk),
        "may_draft": may_draft,
        "next_steps": _next_steps(request, alliance, found),
        "comments_form": typed.CommentsUntilForm(auto_id="comments_%s") if writes else None,
        "freeze_form": typed.SignUntilForm(auto_id="freeze_%s") if writes else None,
        "answer_form": typed.AnswerCommentForm(auto_id=False) if may_draft else None,
        "comment_form": typed.CommentForm(clauses=clauses, own=own)
        if comments_open and own
        else None,
        "leavers": _leavers(request, alliance, found) if is_in_force else [],
        "leave_form": typed.WhyForm(auto_id="leave_%s"),
        "expel_form": typed.ExpelForm(parties=parties_of(found), auto_id="expel_%s")
        if may_draft and is_in_force
        else None,
    } | failed
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/agreement.html", context, status=status)


def _with_records(signed: list[Signature]) -> list[tuple[Signature, LedgerEntry | None]]:
    """Each signature with the row of the ledger that proves it."""
    records = last_records(signed)
    return [(one, records.get(one.pk)) for one in signed]


def _next_steps(
    request: HttpRequest, alliance: Alliance, found: AgreementVersion
) -> list[tuple[Organisation, str]]:
    """For each organisation the reader signs for: sign, or accede."""
    steps = []
    for organisation in own_here(request, alliance, {Role.SIGNATORY}):
        awaited = found.signatures.filter(organisation=organisation, state=Answer.AWAITED)
        if found.state == State.SIGNING and awaited.exists():
            steps.append((organisation, "sign"))
        elif may_accede(found, organisation):
            steps.append((organisation, "accede"))
    return steps


def _leavers(request: HttpRequest, alliance: Alliance, found: AgreementVersion) -> Any:
    own = signed_for_by(request.user, alliance).exclude(pk__in=alliance.lead_ids)
    leaving = found.agreement.departures.filter(state__in=["asked", "notice"])
    return own.filter(pk__in=parties_of(found)).exclude(pk__in=leaving.values("organisation"))


def _done(request: HttpRequest, found: AgreementVersion, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(found.path)
