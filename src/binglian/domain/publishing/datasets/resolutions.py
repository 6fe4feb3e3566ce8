"""What joint meetings resolved."""

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.publicness import Published
from binglian.domain.governance.queries import public_resolutions
from binglian.domain.publishing.columns import day, free, integer, text
from binglian.domain.publishing.dataset import Dataset, when

RESOLUTIONS = Dataset(
    name="resolutions",
    title=_("联席会议议定事项"),
    description=_("纪要已确认的联席会议议定了什么、由谁负责、由谁评价、何时完成。"),
    theme="GOVE",
    keywords=(_("联席会议"), _("议定事项")),
    rows=public_resolutions,
    is_public=when(Published.RESOLUTIONS),
    acts=("minutes.", "resolution."),
    columns=(
        integer("id", _("议定事项号"), lambda row: row.pk),
        integer("meeting_number", _("第几次会议"), lambda row: row.meeting.number),
        day("met_on", _("会议日期"), lambda row: row.meeting.on),
        integer("number", _("序号"), lambda row: row.number),
        free("text", _("议定事项"), lambda row: row.text),
        text("owner", _("责任单位"), lambda row: row.owner.name),
        text("receiver", _("评价单位"), lambda row: row.receiver.name),
        day("due_on", _("完成期限"), lambda row: row.due_on),
    ),
    filters={"owner_id": "owner"},
)
