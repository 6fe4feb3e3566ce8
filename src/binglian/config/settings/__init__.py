"""Every setting of the platform, read from the environment once.

The mode says how strict we are: ``production`` (the default) refuses to start without a
secret and hosts; ``demo``, ``development`` and ``test`` make their own.
"""

# ruff: noqa: F403  (Django wants all settings in one module)
from binglian.config.settings.browsers import *
from binglian.config.settings.environment import *
from binglian.config.settings.framework import *
from binglian.config.settings.interfaces import *
from binglian.config.settings.keys import *
from binglian.config.settings.language import *
from binglian.config.settings.mail import *
from binglian.config.settings.sign_in import *
from binglian.config.settings.storage import *

from binglian.config.settings.observing import *  # isort: skip  (last: it has to know every secret)

refuse_what_is_wrong()  # noqa: F405
