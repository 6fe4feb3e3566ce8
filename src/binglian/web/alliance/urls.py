"""Routes of alliances, their members and seats."""

from django.urls import path

from .views import joining, members, organisations, overview, platform, seats, settings

app_name = "alliance"

urlpatterns = [
    path("a/<slug:slug>/", overview.overview, name="overview"),
    # members
    path("a/<slug:slug>/members/", members.members, name="members"),
    path("a/<slug:slug>/members/export/", members.members_export, name="members_export"),
    path("a/<slug:slug>/members/new/", members.member_new, name="member_new"),
    path("a/<slug:slug>/members/admission/", members.ask_admission, name="ask_admission"),
    path("a/<slug:slug>/members/<int:pk>/withdraw/", members.withdraw, name="withdraw"),
    path("a/<slug:slug>/applications/<int:pk>/take-up/", members.take_up, name="take_up"),
    path("a/<slug:slug>/applications/<int:pk>/refuse/", members.refuse, name="refuse"),
    path("a/<slug:slug>/invite/", members.invitations, name="invite"),
    # organisations
    path("a/<slug:slug>/organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("a/<slug:slug>/organisations/<int:pk>/edit/", organisations.edit, name="edit"),
    path("a/<slug:slug>/organisations/<int:pk>/handover/", organisations.handover, name="handover"),
    # seats and settings
    path("a/<slug:slug>/seats/", seats.seats, name="seats"),
    path("a/<slug:slug>/seats/new/", seats.seat_new, name="seat_new"),
    path("a/<slug:slug>/seats/<int:pk>/end/", seats.seat_end, name="seat_end"),
    path("a/<slug:slug>/settings/", settings.settings, name="settings"),
    # from outside
    path("join/<str:token>/", joining.join, name="join"),
    path("apply/<slug:slug>/", joining.apply, name="apply"),
    path("apply/<slug:slug>/received/", joining.applied, name="applied"),
    # the platform
    path("platform/", platform.platform, name="platform"),
    path("platform/alliances/new/", platform.found, name="found"),
    path("platform/sign-out/", platform.sign_all_out, name="sign_all_out"),
    path("platform/accounts/<int:pk>/sign-out/", platform.sign_out, name="account_sign_out"),
    path("platform/accounts/new/", platform.account_new, name="account_new"),
]
