"""Where the public pictures of a matter are; what else of it leaves, ``public_facts`` says."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from binglian.domain.matters.models import Matter


def photo_addresses(matter: Matter) -> list[str]:
    """Where the pictures are that somebody has looked at and made public."""
    public = [photo.pk for photo in matter.photos.all() if photo.is_public]
    where = [reverse("public_matters:photo", args=[matter.alliance.slug, pk]) for pk in public]
    return [settings.SITE_URL + path for path in where]
