"""The protection table: who must approve which change of what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.actions import change_rules
from binglian.domain.heritage.protection import Rule, Table, Verdict
from binglian.domain.heritage.queries import table_in_force, tables_of
from binglian.domain.heritage.words import CHANGES, GRADES
from binglian.domain.projects.models import ApprovalItem
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may


class RuleForm(forms.Form):
    """One cell: what the law says of one change of places of one grade."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("怎么办"), choices=[(one.value, one.label) for one in Verdict]
    )
    items = forms.MultipleChoiceField(
        label=gettext_lazy("审批事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        help_text=gettext_lazy("取自审批事项目录，办理部门、时限和材料在目录里维护"),
    )
    basis_zh = forms.CharField(label=gettext_lazy("依据"), max_length=400, required=False)
    basis_en = forms.CharField(label=gettext_lazy("英文依据"), max_length=400, required=False)
    note_zh = forms.CharField(label=gettext_lazy("提示"), max_length=400, required=False)
    note_en = forms.CharField(label=gettext_lazy("英文提示"), max_length=400, required=False)
    why = forms.CharField(
        label=gettext_lazy("修改原因"),
        max_length=200,
        help_text=gettext_lazy("例如新公布的文件；旧版保留可查"),
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = alliance.approval_items.filter(is_active=True)
        self.fields["items"].choices = [(one.code, f"{one.code} {one}") for one in items]


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The table in force, grade by grade, and its versions."""
    alliance = alliance_or_404(request, slug)
    table, version = table_in_force(alliance)
    items = {one.code: one for one in alliance.approval_items.select_related("organisation")}
    context = {
        "alliance": alliance,
        "section": "places",
        "grades": [_grade(table, word.code, str(word), items) for word in GRADES[:-1]],
        "version": version,
        "versions": tables_of(alliance),
        "may_keep": may(request, Permission.KEEP_PLACES, alliance),
        "has_catalogue": bool(items),
    }
    return render(request, "places/rules.html", context)


def rule_edit(request: HttpRequest, slug: str, grade: str, change: str) -> HttpResponse:
    """Change one cell: a new version of the table."""
    alliance = alliance_or_404(request, slug, Permission.KEEP_PLACES)
    known = grade in {word.code for word in GRADES} and change in {word.code for word in CHANGES}
    if not known:
        raise Http404
    table, _version = table_in_force(alliance)
    rule = table.rule(grade, change)
    form = RuleForm(request.POST or None, initial=_typed(rule), alliance=alliance)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        why = facts.pop("why")
        facts |= {"verdict": Verdict(facts["verdict"]), "items": tuple(facts["items"])}
        try:
            wanted = Rule(grade, change, **facts)
            kept = change_rules(alliance=alliance, rules=[wanted], why=why, by=request.user)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已生效：保护审批表%(version)s。") % {"version": kept})
            return redirect("places:rules", slug)
    context = {"alliance": alliance, "section": "places", "form": form, "rule": rule}
    status = 422 if request.method == "POST" else 200
    return render(request, "places/rule_edit.html", context, status=status)


def _grade(table: Table, code: str, label: str, items: dict[str, ApprovalItem]) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "basis": table.basis_of(code),
        "rules": [
            {
                "rule": rule,
                "items": [items[one] for one in rule.items if one in items],
                "missing": [one for one in rule.items if one not in items],
            }
            for rule in table.rules_of(code)
        ],
    }


def _typed(rule: Rule) -> dict[str, Any]:
    texts = ("basis_zh", "basis_en", "note_zh", "note_en")
    return {name: getattr(rule, name) for name in texts} | {
        "verdict": rule.verdict.value,
        "items": list(rule.items),
    }
