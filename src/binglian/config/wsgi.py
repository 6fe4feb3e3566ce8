"""The WSGI entry point, for a web server other than ``binglian serve``."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binglian.config.settings")
application = get_wsgi_application()

# Subjects may be imported only once all apps are there.
from binglian.domain.operations.safety import refuse_if_unsafe  # noqa: E402
from binglian.observing import traces  # noqa: E402

refuse_if_unsafe()
if settings.TRACES_URL:
    traces.start(settings.TRACES_URL, percent=settings.TRACES_PERCENT, service="binglian-web")
