"""The five promises, the collaboration network, briefings and the cockpit."""

from django.urls import path

from . import briefing_views, cockpit_views, network_views, promise_views

app_name = "indicators"
DESK, PUBLIC = "a/<slug:slug>", "p/<slug:slug>"
_BRIEFING = f"{DESK}/briefings/<str:month>"

urlpatterns = [
    path(f"{DESK}/figures/", promise_views.promises, name="promises"),
    path(f"{DESK}/figures/<str:indicator>/", promise_views.indicator, name="indicator"),
    path(f"{DESK}/network/", network_views.network, name="network"),
    path(f"{PUBLIC}/promises/", promise_views.public_promises, name="public_promises"),
    path(
        f"{PUBLIC}/promises/<str:indicator>/",
        promise_views.public_indicator,
        name="public_indicator",
    ),
    path(f"{PUBLIC}/network/", network_views.public_network, name="public_network"),
    path(f"{DESK}/briefings/", briefing_views.briefings, name="briefings"),
    path(f"{DESK}/briefings/start/", briefing_views.briefing_start, name="briefing_start"),
    path(f"{_BRIEFING}/", briefing_views.briefing, name="briefing"),
    path(f"{_BRIEFING}/write/", briefing_views.briefing_write, name="briefing_write"),
    path(f"{_BRIEFING}/compose/", briefing_views.briefing_compose, name="briefing_compose"),
    path(f"{_BRIEFING}/ask/", briefing_views.briefing_ask, name="briefing_ask"),
    path(f"{_BRIEFING}/correct/", briefing_views.briefing_correct, name="briefing_correct"),
    path(f"{_BRIEFING}/briefing.docx", briefing_views.briefing_docx, name="briefing_docx"),
    path(f"{_BRIEFING}/briefing.pdf", briefing_views.briefing_pdf, name="briefing_pdf"),
    path(
        f"{_BRIEFING}/figures/<str:figure>/", briefing_views.briefing_figure, name="briefing_figure"
    ),
    path(f"{_BRIEFING}/parts/<str:part>/", briefing_views.briefing_part, name="briefing_part"),
    path(f"{DESK}/cockpit/", cockpit_views.cockpit, name="cockpit"),
    path(f"{DESK}/cockpit/live/", cockpit_views.cockpit_live, name="cockpit_live"),
    path(f"{DESK}/cockpit/waiting/", cockpit_views.waiting, name="waiting"),
    path(f"{DESK}/displays/", cockpit_views.displays, name="displays"),
    path(
        f"{DESK}/displays/<int:display_pk>/close/",
        cockpit_views.display_close,
        name="display_close",
    ),
    path("display/<str:display_token>/", cockpit_views.display, name="display"),
    path("display/<str:display_token>/live/", cockpit_views.display_live, name="display_live"),
]
