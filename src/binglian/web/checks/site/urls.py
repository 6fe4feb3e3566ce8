"""Routes of sites under control: who builds, what is looked at, what is put right."""

from django.urls import path

from . import (
    checklist_views,
    field_views,
    finding_views,
    inspection_views,
    notice_views,
    plan_views,
    site_views,
    team_views,
)

app_name = "site"

_IN = "a/<slug:slug>"
_ALL = f"{_IN}/findings"
_ONE = f"{_ALL}/<int:finding_pk>"
_SITE = f"{_IN}/sites/<int:project_pk>"
_TEAM = f"{_IN}/sites/teams/<int:team_pk>"
_PLAN = f"{_IN}/sites/plans/<int:site_plan_pk>"
_LISTS = f"{_IN}/checklists"
_LIST = f"{_LISTS}/<int:checklist_pk>"
_INSPECTIONS = f"{_IN}/inspections"

urlpatterns = [
    path(f"{_IN}/sites/", site_views.sites, name="sites"),
    path(f"{_SITE}/", site_views.site, name="site"),
    path(f"{_SITE}/units/new/", site_views.unit_new, name="unit_new"),
    path(f"{_SITE}/teams/new/", site_views.team_new, name="team_new"),
    path(f"{_SITE}/plans/new/", plan_views.plan_new, name="plan_new"),
    path(f"{_PLAN}/image/", plan_views.plan_image, name="plan_image"),
    path(f"{_PLAN}/retire/", plan_views.plan_retire, name="plan_retire"),
    path(f"{_TEAM}/", team_views.team, name="team"),
    path(f"{_TEAM}/report/", team_views.day_report, name="day_report"),
    path(
        f"{_IN}/sites/accidents/<int:accident_pk>/withdraw/",
        team_views.accident_withdraw,
        name="accident_withdraw",
    ),
    path(f"{_TEAM}/<slug:team_act>/", team_views.team_act, name="team_act"),
    path(f"{_IN}/sites/days/<int:team_day_pk>/board/", team_views.board, name="board"),
    path(f"{_LISTS}/", checklist_views.checklists, name="checklists"),
    path(f"{_LISTS}/new/", checklist_views.checklist_new, name="checklist_new"),
    path(f"{_LISTS}/take/", checklist_views.checklists_take, name="checklists_take"),
    path(f"{_LIST}/", checklist_views.checklist, name="checklist"),
    path(f"{_LIST}/edit/", checklist_views.checklist_edit, name="checklist_edit"),
    path(f"{_LIST}/retire/", checklist_views.checklist_retire, name="checklist_retire"),
    path(f"{_INSPECTIONS}/", inspection_views.inspections, name="inspections"),
    path(f"{_INSPECTIONS}/plan/", inspection_views.inspection_plan, name="inspection_plan"),
    path(f"{_INSPECTIONS}/draw/", inspection_views.inspection_draw, name="inspection_draw"),
    path(f"{_INSPECTIONS}/draws/<int:draw_pk>/", inspection_views.draw, name="draw"),
    path(f"{_INSPECTIONS}/<int:inspection_pk>/", inspection_views.inspection, name="inspection"),
    path(f"{_ALL}/", finding_views.findings, name="findings"),
    path(f"{_ALL}/trends/", finding_views.finding_trends, name="trends"),
    path(f"{_ALL}/new/<int:project_pk>/", field_views.new_finding, name="new_finding"),
    path(f"{_ONE}/", finding_views.finding, name="finding"),
    path(f"{_ONE}/notice.pdf", notice_views.notice, name="notice"),
    path(f"{_ONE}/photos/<int:finding_photo_pk>/", finding_views.photo, name="finding_photo"),
    path(f"{_ONE}/<slug:step>/", finding_views.finding_act, name="finding_act"),
    path("field-worker.js", field_views.field_worker, name="field_worker"),
]
