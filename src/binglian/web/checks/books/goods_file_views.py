"""Goods given to sites as a file: the template, and a list brought in whole or not at all."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from binglian.domain.checks.actions import enter_goods_list
from binglian.domain.checks.exports import goods_template
from binglian.domain.checks.imports import plan_goods
from binglian.domain.refusals import ActionRefused
from binglian.sheets.reading import BadFile
from binglian.sheets.reading.files import MOST_BYTES
from binglian.web.access import alliance_or_404
from binglian.web.downloads import download

from .access import sites_or_403

#: Problems shown at once.
MOST_SHOWN = 50


class GoodsFileForm(forms.Form):
    """A filled-in template, or any list with the same headings."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy(".xlsx 或 .csv；有一处不对就一样也不登记"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
    are_no_wages = forms.BooleanField(
        label=gettext_lazy(
            "我确认：这些物资不抵工资。工资须以货币足额支付，不得以实物、有价证券代替。"
        ),
        error_messages={"required": gettext_lazy("请先确认：物资不抵工资。")},
    )

    def clean_file(self) -> tuple[bytes, str]:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件太大，请拆成几个文件。"))
        return file.read(), file.name


@require_safe
def goods_template_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The headings with their help, to be filled in."""
    alliance = alliance_or_404(request, slug)
    name = f"{alliance}-{_('慰问品和捐赠')}"
    return download(goods_template(), name, "xlsx")


def goods_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a list in; what is wrong is told cell by cell, and nothing is entered then."""
    alliance, sites = sites_or_403(request, slug)
    form = GoodsFileForm(request.POST or None, request.FILES or None)
    context = {"alliance": alliance, "section": "books", "form": form}
    if request.method != "POST":
        return render(request, "checks/goods_import.html", context)
    if form.is_valid():
        content, name = form.cleaned_data["file"]
        try:
            plan = plan_goods(alliance, sites, content, name)
        except BadFile as error:
            form.add_error("file", error.message)
        else:
            context |= {"problems": plan.problems[:MOST_SHOWN], "count": len(plan.problems)}
            if not plan.problems:
                try:
                    entered = enter_goods_list(
                        plan=plan,
                        are_no_wages=form.cleaned_data["are_no_wages"],
                        by=request.user,
                    )
                except ActionRefused as refusal:
                    form.add_error(None, str(refusal))
                else:
                    told = {
                        "n": len(entered),
                        "given": f"{plan.given:.2f}",
                        "out": f"{plan.handed_out:.2f}",
                        "left": f"{plan.given - plan.handed_out:.2f}",
                    }
                    messages.success(
                        request,
                        _(
                            "已登记 %(n)s 份捐赠：收到 %(given)s 元 = 已发放 %(out)s 元 + 结存 "
                            "%(left)s 元。请逐份核对后公示。"
                        )
                        % told,
                    )
                    return redirect("books:goods", slug)
    return render(request, "checks/goods_import.html", context, status=422)
