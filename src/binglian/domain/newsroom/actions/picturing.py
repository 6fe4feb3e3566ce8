"""Pictures of a version: taken in, described, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from binglian.domain.matters.photos import photo_facts
from binglian.domain.newsroom.facts import IllustrationFacts
from binglian.domain.newsroom.models import (
    Announcement,
    AnnouncementVersion,
    Illustration,
    NewsPicture,
)
from binglian.domain.refusals import refuse_unless
from binglian.photos import re_encoded

MOST_PICTURES = 9
#: Pixels of the longer side of the small one.
SMALL = 640


def set_illustrations(version: AnnouncementVersion, wanted: Sequence[IllustrationFacts]) -> None:
    """The pictures of this version, in this order; those of others stay theirs."""
    most = {"most": MOST_PICTURES}
    refuse_unless(len(wanted) <= MOST_PICTURES, _("一则公告最多 %(most)s 张图。") % most)
    for number, one in enumerate(wanted, 1):
        is_described = bool(one.alternative.strip())
        refuse_unless(
            is_described,
            _("请给第 %(number)s 张图写替代文字：看不见图的人靠它知道图上是什么。")
            % {"number": number},
        )
    version.illustrations.all().delete()
    for position, one in enumerate(wanted, 1):
        Illustration.objects.create(
            version=version,
            position=position,
            picture=one.picture or _take_in(version.announcement, one.content),
            caption=one.caption.strip(),
            alternative=one.alternative.strip(),
            credit=one.credit,
        )


def _take_in(announcement: Announcement, content: bytes) -> NewsPicture:
    """An uploaded file as two pictures of our own making; nothing else of it is kept."""
    whole = photo_facts(content)
    small = re_encoded(whole.image, longest_side=SMALL)
    return NewsPicture.objects.create(
        announcement=announcement,
        image=whole.image,
        small=small.content,
        media_type=whole.media_type,
        width=whole.width,
        height=whole.height,
        small_width=small.width,
    )
