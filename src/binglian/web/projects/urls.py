"""Projects, their plans, and who is awaited."""

from django.urls import path

from . import (
    capacity_views,
    catalogue_views,
    exchange_views,
    network_views,
    place_views,
    plan_views,
    project_views,
    public_views,
    run_views,
    task_views,
    template_views,
    week_views,
    what_if_views,
)

app_name = "projects"
IN = "a/<slug:slug>"
ONE = f"{IN}/projects/<int:pk>"
PLAN = f"{ONE}/plans/<int:plan_pk>"
OFFICE = f"{IN}/offices/<int:office_pk>"
TASK = f"{ONE}/tasks/<int:task_pk>"

urlpatterns = [
    path(f"{IN}/projects/", project_views.projects, name="projects"),
    path(f"{IN}/projects/new/", project_views.project_new, name="project_new"),
    path(f"{IN}/projects/chart/", plan_views.portfolio, name="portfolio"),
    path(f"{IN}/projects/plan/", run_views.ask_all, name="ask_all"),
    path(f"{IN}/projects/runs/<int:run_pk>/", run_views.run, name="run"),
    path(f"{IN}/projects/runs/<int:run_pk>/progress/", run_views.progress, name="run_progress"),
    path(f"{IN}/projects/runs/<int:run_pk>/cancel/", run_views.cancel, name="run_cancel"),
    path(f"{IN}/week/", week_views.week, name="week"),
    path(f"{IN}/awaited/", week_views.awaited, name="awaited"),
    path(f"{IN}/catalogue/", catalogue_views.catalogue, name="catalogue"),
    path(f"{IN}/catalogue/adopt/", catalogue_views.adopt, name="catalogue_adopt"),
    path(f"{IN}/catalogue/new/", catalogue_views.item_new, name="item_new"),
    path(f"{IN}/catalogue/<int:item_pk>/", catalogue_views.item, name="item"),
    path(f"{IN}/offices/", capacity_views.offices, name="offices"),
    path(f"{OFFICE}/", capacity_views.office, name="office"),
    path(f"{OFFICE}/capacity/", capacity_views.capacity, name="office_capacity"),
    path(f"{OFFICE}/periods/", capacity_views.period, name="capacity_period"),
    path(
        f"{OFFICE}/periods/<int:period_pk>/remove/",
        capacity_views.period_remove,
        name="capacity_period_remove",
    ),
    path(f"{OFFICE}/days/", capacity_views.closure, name="closure"),
    path(
        f"{OFFICE}/days/<int:closure_pk>/remove/",
        capacity_views.closure_remove,
        name="closure_remove",
    ),
    path(f"{IN}/projects/kept/", template_views.templates, name="templates"),
    path(f"{ONE}/keep/", template_views.keep, name="template_keep"),
    path(f"{ONE}/", project_views.project, name="project"),
    path(f"{ONE}/edit/", project_views.project_edit, name="project_edit"),
    path(f"{ONE}/finish/", project_views.finish, name="project_finish"),
    path(f"{ONE}/withdraw/", project_views.withdraw, name="project_withdraw"),
    path(f"{ONE}/network/", network_views.generate, name="network_generate"),
    path(f"{ONE}/places/", place_views.touch, name="place_touch"),
    path(f"{ONE}/places/<int:touched_pk>/leave/", place_views.leave, name="place_leave"),
    path(f"{ONE}/tasks/new/", network_views.task_new, name="task_new"),
    path(f"{TASK}/", task_views.task, name="task"),
    path(f"{TASK}/report/", task_views.report_event, name="task_report"),
    path(f"{TASK}/take-back/", task_views.take_back, name="task_take_back"),
    path(f"{TASK}/settle/", task_views.settle, name="task_settle"),
    path(f"{TASK}/unpin/", task_views.undo_move, name="task_unpin"),
    path(f"{TASK}/need/", task_views.lacking, name="task_need"),
    path(f"{TASK}/edit/", network_views.task_edit, name="task_edit"),
    path(f"{TASK}/remove/", network_views.task_remove, name="task_remove"),
    path(f"{TASK}/wait/", network_views.precedence_save, name="precedence_save"),
    path(f"{TASK}/unwait/", network_views.precedence_remove, name="precedence_remove"),
    path(f"{ONE}/plans/", plan_views.current, name="plan"),
    path(f"{ONE}/plans/ask/", run_views.ask, name="plan_ask"),
    path(f"{ONE}/plans/move/", run_views.move, name="plan_move"),
    path(f"{PLAN}/", plan_views.version, name="plan_version"),
    path(f"{PLAN}/adopt/", plan_views.adopt, name="plan_adopt"),
    path(f"{PLAN}/baseline/", plan_views.baseline, name="plan_baseline"),
    path(f"{PLAN}/xlsx/", exchange_views.export_book, name="plan_book"),
    path(f"{PLAN}/mspdi/", exchange_views.export_mspdi, name="plan_mspdi"),
    path(f"{ONE}/import/", exchange_views.network_import, name="network_import"),
    path(f"{IN}/projects/template/", exchange_views.template_file, name="template"),
    path("feeds/<str:token>.ics", exchange_views.feed, name="feed"),
    path(f"{ONE}/what-if/", what_if_views.what_if, name="what_if"),
    path(f"{ONE}/what-if/<int:kept_pk>/", what_if_views.kept, name="what_if_kept"),
    path(f"{ONE}/what-if/adopt/", what_if_views.adopt, name="what_if_adopt"),
    path("p/<slug:slug>/projects/<int:pk>/", public_views.project, name="public"),
    path("p/<slug:slug>/<int:pk>/", public_views.moved, name="public_moved"),
]
