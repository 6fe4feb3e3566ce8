"""The second factor: kept encrypted, asked for anew before something is signed."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import now

from binglian.domain.governance.models import Signature
from binglian.domain.governance.step_up import FRESH, StepUp


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secret of a one-time code is no use to who only reads the database."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    kdf = HKDF(SHA256(), length=32, salt=None, info=b"binglian one-time codes")
    return Fernet(base64.urlsafe_b64encode(kdf.derive(settings.SECRET_KEY.encode())))


def fresh_step_up(request: HttpRequest) -> StepUp | None:
    """The second factor this person showed within the last minutes, if any."""
    records = get_authentication_records(request, request.user)
    shown = [one for one in records if one.get("method") == "mfa"]
    if not shown or time.time() - shown[-1]["at"] > FRESH.total_seconds():
        return None
    at = datetime.fromtimestamp(shown[-1]["at"], UTC)
    return StepUp(Signature.Method(shown[-1]["type"]), at)


class StepUpForm(forms.Form):
    """A code, or a passkey's answer, on the page of what is to be signed; limited in rate."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.request = request
        self.has_passkey = _has(request.user, Authenticator.Type.WEBAUTHN)
        self.has_code = _has(request.user, Authenticator.Type.TOTP)

    @property
    def is_possible(self) -> bool:
        return self.has_code or self.has_passkey or self.is_demonstration

    @property
    def is_demonstration(self) -> bool:
        """One click stands for the phone, plainly marked and recorded as such; nowhere else."""
        return bool(settings.DEMO)

    def passkey_options(self) -> dict[str, Any] | None:
        return begin_authentication(self.request.user) if self.has_passkey else None

    def show(self) -> tuple[StepUp | None, list[str]]:
        """The proof in this request, or one a moment old; otherwise what is wrong."""
        posted = self.request.POST
        if settings.DEMO and posted.get("demonstration"):
            return StepUp(Signature.Method.DEMONSTRATION, now()), []
        if posted.get("credential"):
            return self._checked(ReauthenticateWebAuthnForm(posted, user=self.request.user))
        if posted.get("code"):
            return self._checked(ReauthenticateForm(posted, user=self.request.user))
        return fresh_step_up(self.request), []

    def _checked(self, form: Any) -> tuple[StepUp | None, list[str]]:
        if not form.is_valid():
            return None, [message for errors in form.errors.values() for message in errors]
        shown = getattr(form, "authenticator", None) or form.cleaned_data["credential"]
        post_authentication(self.request, shown, reauthenticated=True)
        return fresh_step_up(self.request), []


def _has(user: Any, kind: str) -> bool:
    return Authenticator.objects.filter(user=user, type=kind).exists()
