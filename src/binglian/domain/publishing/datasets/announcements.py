"""What the alliance has told everybody, and not taken back."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binglian.domain.newsroom.models import Announcement
from binglian.domain.newsroom.queries.visibility import standing_announcements
from binglian.domain.publishing.columns import boolean, free, instant, integer, text
from binglian.domain.publishing.dataset import Dataset


def _address(row: Announcement) -> str:
    return settings.SITE_URL + row.path


ANNOUNCEMENTS = Dataset(
    name="announcements",
    title=_("公告"),
    description=_("联盟已发布、没有撤回的公告：标题、摘要、正文、发布单位和时间。"),
    theme="GOVE",
    keywords=(_("公告"), _("新闻")),
    rows=standing_announcements,
    acts=("announcement.",),
    columns=(
        integer("id", _("公告号"), lambda row: row.pk),
        free("title_zh", _("标题"), lambda row: row.shown.title),
        free("title_en", _("英文标题"), lambda row: row.shown.title_en),
        free("summary_zh", _("摘要"), lambda row: row.shown.summary),
        free("summary_en", _("英文摘要"), lambda row: row.shown.summary_en),
        free("body_zh", _("正文（Markdown）"), lambda row: row.shown.body),
        free("body_en", _("英文正文（Markdown）"), lambda row: row.shown.body_en),
        boolean("is_statement", _("公开声明"), lambda row: row.shown.is_statement),
        integer("organisation_id", _("单位号"), lambda row: row.organisation_id),
        text("organisation", _("发布单位"), lambda row: row.organisation.name),
        instant("published_at", _("首次发布"), lambda row: row.published_at),
        instant("changed_at", _("更新时间"), lambda row: row.changed_at),
        text("address", _("网址"), _address),
    ),
    filters={"organisation_id": "organisation"},
)
