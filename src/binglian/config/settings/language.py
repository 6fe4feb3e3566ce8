"""Language and time."""

from django.utils.translation import gettext_lazy as _

from binglian.config.settings.environment import PACKAGE

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
#: How often a process looks whether the days off of another year were imported; 0 for never.
CALENDAR_REFRESH_SECONDS = 60
FORMAT_MODULE_PATH = "binglian.config.formats"
