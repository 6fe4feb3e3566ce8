"""The responsibility catalogue as a file: kept, and brought in after a dry run."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters.actions import import_catalogue
from binglian.domain.matters.imports import catalogue_csv, plan_catalogue
from binglian.sheets.reading import BadFile
from binglian.sheets.reading.files import MOST_BYTES
from binglian.web.access import alliance_or_404
from binglian.web.downloads import as_file

from .desk_views import frame
from .reader import Reader

#: Problems shown at once.
MOST_SHOWN = 50


class FileForm(forms.Form):
    """A file; or the one looked at before, to be brought in now."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        required=False,
        help_text=gettext_lazy(
            ".xlsx 或 .csv。先核对，不会立即写入；可先导出现有清单，改后再导入。"
        ),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
    content = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=8_000_000)
    name = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=120)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        file = facts.get("file")
        if file is not None:
            if file.size > MOST_BYTES:
                raise forms.ValidationError(_("文件太大，请拆成几个文件。"))
            return {"bytes": file.read(), "name": file.name}
        try:
            seen = base64.b64decode(facts.get("content") or "", validate=True)
        except binascii.Error:
            seen = b""
        if not seen:
            self.add_error("file", _("请选择一个文件。"))
        return {"bytes": seen, "name": facts.get("name") or "catalogue.csv", "is_seen": True}


@require_safe
def catalogue_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The catalogue as .csv, as it is read back."""
    alliance = alliance_or_404(request, slug)
    return as_file(catalogue_csv(alliance), f"{alliance.slug}-responsibilities.csv")


def catalogue_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at a file first; brought in only when it was seen, and nothing is wrong in it."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_CATALOGUE)
    form = FileForm(request.POST or None, request.FILES or None)
    context = frame(Reader.of(request, alliance), "catalogue") | {"form": form}
    if request.method != "POST":
        return render(request, "matters/catalogue_import.html", context)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            plan = plan_catalogue(alliance, facts["bytes"], facts["name"])
        except BadFile as error:
            form.add_error("file", error.message)
        else:
            if "is_seen" in facts and not plan.problems:
                import_catalogue(plan=plan, by=request.user)
                messages.success(request, _("责任清单已导入 %(n)s 行。") % {"n": len(plan.lines)})
                return redirect("matters:catalogue", slug)
            context |= {
                "plan": plan,
                "problems": plan.problems[:MOST_SHOWN],
                "content": base64.b64encode(facts["bytes"]).decode(),
                "name": facts["name"],
            }
            status = 422 if plan.problems else 200
            return render(request, "matters/catalogue_import.html", context, status=status)
    return render(request, "matters/catalogue_import.html", context, status=422)
