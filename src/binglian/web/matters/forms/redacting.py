"""Words of a matter for everybody."""

from __future__ import annotations

from binglian.web.redacting import RedactedForm

from .part import MatterForm


class CheckedForm(RedactedForm, MatterForm):
    """A form of an act with a ``public_text``."""
