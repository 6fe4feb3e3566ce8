"""Asking an alliance, and being answered."""

from django.urls import path

from . import desk_views, follow_views, public_views, question_views

app_name = "openness"
DESK = "a/<slug:slug>/requests"
PUBLIC = "p/<slug:slug>/ask"
MINE = "q/<str:ask_secret>"
FOLLOW = "p/<slug:slug>/follow"
FOLLOWER = "f/<str:follow_secret>"
QUESTIONS = "a/<slug:slug>/questions"

urlpatterns = [
    path(f"{DESK}/", desk_views.requests, name="requests"),
    path(f"{DESK}/<int:pk>/", desk_views.request_page, name="request"),
    path(f"{DESK}/<int:pk>/contact/", desk_views.contact, name="request_contact"),
    path(f"{DESK}/<int:pk>/answer/", desk_views.answer, name="request_answer"),
    path(f"{DESK}/<int:pk>/extend/", desk_views.extend, name="request_extend"),
    path(f"{PUBLIC}/", public_views.ask, name="ask"),
    path(f"{PUBLIC}/<int:pk>/", public_views.answer, name="answer"),
    path(f"{MINE}/", public_views.follow, name="follow"),
    path(f"{MINE}/withdraw/", public_views.withdraw, name="withdraw"),
    path(f"{QUESTIONS}/", question_views.questions, name="questions"),
    path(f"{QUESTIONS}/<int:pk>/", question_views.question, name="question"),
    path(f"{QUESTIONS}/<int:pk>/publish/", question_views.publish, name="question_publish"),
    path(f"{QUESTIONS}/<int:pk>/shelve/", question_views.shelve, name="question_shelve"),
    path(f"{QUESTIONS}/<int:pk>/answer/", question_views.answer, name="question_answer"),
    path("p/<slug:slug>/projects/<int:pk>/ask/", question_views.ask, name="ask_project"),
    path("w/<str:question_secret>/", question_views.follow, name="question_follow"),
    path(f"{FOLLOW}/", follow_views.topics, name="topics"),
    path(f"{FOLLOW}/<slug:topic>/feed/", follow_views.feed, name="topic_feed"),
    path(f"{FOLLOW}/<slug:topic>/calendar.ics", follow_views.calendar, name="topic_calendar"),
    path(f"{FOLLOWER}/", follow_views.follower, name="follower"),
    path(f"{FOLLOWER}/confirm/", follow_views.confirm, name="follower_confirm"),
    path(f"{FOLLOWER}/leave/", follow_views.leave, name="follower_leave"),
]
