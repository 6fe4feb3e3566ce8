"""Sign-in, the reader's own preferences and inbox. Account names are those allauth expects."""

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from . import devices, views

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("login/code/", login_not_required(mfa.authenticate), name="mfa_authenticate"),
    path("security/devices/", devices.devices, name="devices"),
    path("security/devices/end/", devices.devices_end, name="devices_end"),
    path("security/devices/<int:session_pk>/end/", devices.device_end, name="device_end"),
    path("security/", mfa.index, name="mfa_index"),
    path("security/password/", allauth.reauthenticate, name="account_reauthenticate"),
    path("security/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("security/code/", totp.activate_totp, name="mfa_activate_totp"),
    path("security/code/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("security/passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "security/passkeys/confirm/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "security/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"
    ),
    path("security/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("account/", views.account, name="account"),
    path("preferences/", views.preferences, name="preferences"),
    path("inbox/", views.inbox, name="inbox"),
    path("roles/", views.roles, name="roles"),
]
