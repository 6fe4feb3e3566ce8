"""Upload → dry run → decision, the same way for members, offers and needs."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.alliance.actions import discard_draft, keep_draft, map_columns
from binglian.domain.alliance.actions.imports import KEPT_BY
from binglian.domain.alliance.imports import ImportPlan, Line, Verdict, pasted_list, read_list
from binglian.domain.alliance.models import Alliance, ImportDraft
from binglian.domain.alliance.queries import keeps_lists
from binglian.domain.coupling.actions import ImportOutcome, carry_out_import
from binglian.domain.coupling.imports import plan_import, read_draft
from binglian.sheets.columns import COLUMNS, SheetKind
from binglian.sheets.reading import BadFile
from binglian.sheets.reading.files import MOST_BYTES
from binglian.sheets.writing import mark_problems, template
from binglian.web.access import alliance_or_404
from binglian.web.downloads import as_file

from .forms import UploadForm, chosen_mapping, found_sheets

MOST_SHOWN = 200


def upload(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Take a file or pasted rows; nothing is written before the dry run was seen."""
    alliance = _open_to(request, slug, kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        is_file = bool(form.cleaned_data["file"])
        try:
            content, filename = _sent(form, kind)
            read_list(alliance=alliance, kind=kind, content=content, filename=filename)
        except BadFile as error:
            form.add_error("file" if is_file else "pasted", error.message)
        else:
            draft = keep_draft(
                alliance=alliance, kind=kind, filename=filename, content=content, by=request.user
            )
            return redirect("coupling:import_draft", slug, draft.pk)
    context = _frame(alliance, kind) | {"form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "coupling/import_upload.html", context, status=status)


def draft(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The dry run; POST carries it out."""
    alliance, kept = _draft_or_404(request, slug, pk)
    reading = read_draft(kept)
    plan = plan_import(alliance, kept.kind, reading, by=request.user)
    if request.method == "POST":
        return _carry_out(request, kept, plan)
    headings = {
        c.key: c.heading(request.LANGUAGE_CODE) for c in COLUMNS[cast(SheetKind, kept.kind)]
    }
    writes = [line for line in plan.lines if line.verdict != Verdict.SAME]
    context = _frame(alliance, kept.kind) | {
        "draft": kept,
        "plan": plan,
        "seen": _fingerprint(plan),
        "lines": [_shown(line, headings) for line in writes[:MOST_SHOWN]],
        "more_lines": max(0, len(writes) - MOST_SHOWN),
        "problems": plan.problems[:MOST_SHOWN],
        "more_problems": max(0, len(plan.problems) - MOST_SHOWN),
        "sheets": found_sheets(reading),
        "known": headings.items(),
    }
    context["needs_mapping"] = any(sheet.missing or sheet.unknown for sheet in context["sheets"])
    return render(request, "coupling/import_draft.html", context)


@require_POST
def columns(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say by hand which column is which, and look again."""
    _alliance, kept = _draft_or_404(request, slug, pk)
    mapping = chosen_mapping(kept.kind, read_draft(kept), request.POST)
    map_columns(draft=kept, mapping=mapping, by=request.user)
    return redirect("coupling:import_draft", slug, pk)


@require_safe
def marked(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The user's own file with the problems marked in it."""
    alliance, kept = _draft_or_404(request, slug, pk)
    plan = plan_import(alliance, kept.kind, read_draft(kept), by=request.user)
    stem, dot, ending = kept.filename.rpartition(".")
    content = mark_problems(bytes(kept.content), kept.filename, plan.problems)
    marked_stem = f"{stem or kept.filename}-" + _("标出问题")
    return as_file(content, f"{marked_stem}{dot}{ending if stem else ''}")


@require_POST
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Forget the upload and start again."""
    _alliance, kept = _draft_or_404(request, slug, pk)
    discard_draft(draft=kept, by=request.user)
    return redirect("coupling:import", slug, kept.kind)


@require_safe
def template_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The template to fill in."""
    alliance_or_404(request, slug)
    content = template(kind, request.LANGUAGE_CODE)
    return as_file(content, f"{ImportDraft.Kind(kind).label}-" + _("模板") + ".xlsx")


def _open_to(request: HttpRequest, slug: str, kind: str) -> Alliance:
    alliance = alliance_or_404(request, slug, KEPT_BY.get(kind))
    if kind not in KEPT_BY and not keeps_lists(request.user, alliance):
        raise PermissionDenied(_("您在本联盟没有可填报的单位。"))
    return alliance


def _draft_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, ImportDraft]:
    alliance = alliance_or_404(request, slug)
    drafts = alliance.import_drafts.select_related("alliance", "user")
    return alliance, get_object_or_404(drafts, pk=pk, user=request.user)


def _sent(form: UploadForm, kind: str) -> tuple[bytes, str]:
    file = form.cleaned_data["file"]
    if file:
        # Enough to be refused as too large, never all of whatever was sent.
        return file.read(MOST_BYTES + 1), file.name
    return pasted_list(kind, form.cleaned_data["pasted"])


def _carry_out(request: HttpRequest, kept: ImportDraft, plan: ImportPlan) -> HttpResponse:
    if request.POST.get("seen") != _fingerprint(plan):
        messages.warning(request, _("核对之后清单有了变动，请再核对一次。"))
        return redirect("coupling:import_draft", kept.alliance.slug, kept.pk)
    outcome = carry_out_import(
        plan=plan, by=request.user, only_good_rows="good" in request.POST, draft=kept
    )
    messages.success(request, _summary(outcome))
    return redirect("coupling:import_draft", kept.alliance.slug, kept.pk)


def _shown(line: Line, headings: dict[str, str]) -> dict[str, Any]:
    changes = [(headings[key], was, will) for key, (was, will) in line.changes.items()]
    return {"row": line.row, "label": line.label, "verdict": line.verdict, "changes": changes}


def _fingerprint(plan: ImportPlan) -> str:
    """What the person saw: if it is no longer so, they look again before anything is written."""
    return f"{plan.to_create}-{plan.to_change}-{plan.unchanged}-{len(plan.errors)}"


def _summary(outcome: ImportOutcome) -> str:
    said = [
        _("已导入：新增 %(created)s 项，修改 %(changed)s 项，%(same)s 项不变。")
        % {"created": outcome.created, "changed": outcome.changed, "same": outcome.same}
    ]
    if outcome.left_out:
        said.append(
            ngettext(
                "%(count)s 行有误，没有导入。", "%(count)s 行有误，没有导入。", outcome.left_out
            )
            % {"count": outcome.left_out}
        )
    if outcome.decision:
        said.append(_("接纳新成员已提请两个牵头单位决定。"))
    return " ".join(said)


def _frame(alliance: Alliance, kind: str) -> dict[str, Any]:
    return {
        "alliance": alliance,
        "section": kind,
        "kind": kind,
        "kind_label": ImportDraft.Kind(kind).label,
    }
