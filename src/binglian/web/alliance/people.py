"""Finding the account somebody means, and letting its owner set a password."""

from allauth.account.forms import ResetPasswordForm
from django.db.models import Q
from django.http import HttpRequest

from binglian.domain.accounts.models import User


def person_named(typed: str) -> User | None:
    """The active account with this user name or e-mail address."""
    typed = typed.strip()
    is_meant = Q(username__iexact=typed) | Q(email__iexact=typed)
    return User.objects.filter(is_meant, is_active=True).first() if typed else None


def send_password_link(request: HttpRequest, user: User) -> None:
    """Mail a new account's owner the link by which they set their password."""
    form = ResetPasswordForm(data={"email": user.email})
    if form.is_valid():
        form.save(request)
