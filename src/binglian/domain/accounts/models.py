"""People who sign in, and what the platform tells them."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .roles import Role


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person with a sign-in. What they may do follows from their seats, never from this row."""

    class PlatformRole(models.TextChoices):
        NONE = "", _("无")
        ADMINISTRATOR = Role.ADMINISTRATOR.value, Role.ADMINISTRATOR.label
        AUDITOR = Role.AUDITOR.value, Role.AUDITOR.label

    username = models.CharField(
        _("用户名"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    email = models.EmailField(_("电子邮箱"), blank=True)
    display_name = models.CharField(_("显示名"), max_length=60)
    platform_role = models.CharField(
        _("平台角色"), max_length=16, choices=PlatformRole, default=PlatformRole.NONE, blank=True
    )
    language = models.CharField(_("语言"), max_length=10, blank=True)
    has_care_mode = models.BooleanField(_("关怀版"), default=False)
    has_weekly_letter = models.BooleanField(_("每周项目来信"), default=True)
    is_active = models.BooleanField(_("启用"), default=True)
    joined_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("用户")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", condition=~models.Q(email="")
            ),
            models.UniqueConstraint(Lower("username"), name="user_username_once"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def platform_roles(self) -> tuple[Role, ...]:
        return (Role(self.platform_role),) if self.platform_role else ()


class Notification(models.Model):
    """One message to one person: in the inbox at once, by e-mail when a job sends it.

    An office without an account is told by its ``address`` alone.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="notifications")
    address = models.EmailField(_("公务邮箱"), blank=True)
    # The same key is told to the same person once: reminders may be computed again and again.
    key = models.CharField(_("事由"), max_length=120)
    text_zh = models.CharField(_("中文"), max_length=400)
    text_en = models.CharField(_("英文"), max_length=400)
    url = models.CharField(_("链接"), max_length=200)
    # An iCalendar message that goes with the mail, so that a meeting enters the reader's calendar.
    calendar = models.TextField(_("日历"), blank=True)
    # Where the mail is a letter (``letters.Letter``) that says more; empty once it was sent.
    letter = models.TextField(_("来信"), blank=True)
    # Some want it in the inbox only.
    goes_by_mail = models.BooleanField(_("发邮件"), default=True)
    created_at = models.DateTimeField(_("通知时间"), auto_now_add=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True)
    mailed_at = models.DateTimeField(_("邮件时间"), null=True)

    class Meta:
        verbose_name = _("通知")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="told_once"),
            models.UniqueConstraint(
                fields=["address", "key"], name="address_told_once", condition=models.Q(user=None)
            ),
            models.CheckConstraint(
                name="told_to_somebody",
                condition=models.Q(user__isnull=False, address="")
                | models.Q(user=None) & ~models.Q(address=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["user"], condition=models.Q(read_at=None), name="notification_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.text_en if (get_language() or "").startswith("en") else self.text_zh
