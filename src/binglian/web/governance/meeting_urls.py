"""Routes of meetings, their topics, agenda and minutes."""

from django.urls import path

from . import agenda_views, meeting_views, minutes_views

_ONE = "a/<slug:slug>/meetings/<int:meeting_pk>"

urlpatterns = [
    path("a/<slug:slug>/meetings/", meeting_views.meetings, name="meetings"),
    path("a/<slug:slug>/meetings/new/", meeting_views.meeting_new, name="meeting_new"),
    path("a/<slug:slug>/meetings/rules/", meeting_views.rules, name="meeting_rules"),
    path("a/<slug:slug>/meetings/resolutions/", meeting_views.resolutions, name="resolutions"),
    path(f"{_ONE}/", meeting_views.meeting, name="meeting"),
    path(f"{_ONE}/move/", meeting_views.meeting_move, name="meeting_move"),
    path(f"{_ONE}/cancel/", meeting_views.meeting_cancel, name="meeting_cancel"),
    path(f"{_ONE}/convene/", meeting_views.meeting_convene, name="meeting_convene"),
    path(f"{_ONE}/superiors/", meeting_views.meeting_superiors, name="meeting_superiors"),
    path(f"{_ONE}/calendar/", meeting_views.meeting_calendar, name="meeting_calendar"),
    path(f"{_ONE}/reply/<int:organisation_pk>/", meeting_views.meeting_reply, name="meeting_reply"),
    # topics and agenda
    path("a/<slug:slug>/topics/new/", agenda_views.topic_new, name="topic_new"),
    path("a/<slug:slug>/topics/<int:topic_pk>/", agenda_views.topic, name="topic"),
    path(
        "a/<slug:slug>/topics/<int:topic_pk>/answer/",
        agenda_views.topic_answer,
        name="topic_answer",
    ),
    path(f"{_ONE}/agenda/gather/", agenda_views.agenda_gather, name="agenda_gather"),
    path(f"{_ONE}/agenda/add/", agenda_views.agenda_add, name="agenda_add"),
    path(f"{_ONE}/agenda/order/", agenda_views.agenda_order, name="agenda_order"),
    path(f"{_ONE}/agenda/<int:agenda_pk>/shift/", agenda_views.agenda_shift, name="agenda_shift"),
    path(
        f"{_ONE}/agenda/<int:agenda_pk>/remove/", agenda_views.agenda_remove, name="agenda_remove"
    ),
    # minutes
    path(f"{_ONE}/minutes/", minutes_views.minutes, name="minutes"),
    path(f"{_ONE}/minutes/summary/", minutes_views.minutes_summary, name="minutes_summary"),
    path(
        f"{_ONE}/minutes/attendance/", minutes_views.minutes_attendance, name="minutes_attendance"
    ),
    path(
        f"{_ONE}/minutes/points/<int:agenda_pk>/", minutes_views.minutes_point, name="minutes_point"
    ),
    path(
        f"{_ONE}/minutes/points/<int:agenda_pk>/resolve/",
        minutes_views.minutes_resolve,
        name="minutes_resolve",
    ),
    path(
        f"{_ONE}/minutes/resolutions/<int:resolution_pk>/strike/",
        minutes_views.minutes_strike,
        name="minutes_strike",
    ),
    path(f"{_ONE}/minutes/ask/", minutes_views.minutes_ask, name="minutes_ask"),
    path(f"{_ONE}/minutes.docx", minutes_views.minutes_docx, name="minutes_docx"),
    path(f"{_ONE}/minutes.pdf", minutes_views.minutes_pdf, name="minutes_pdf"),
]
