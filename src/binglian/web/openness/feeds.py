"""What has happened in a topic, as an Atom feed (RFC 4287)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binglian.domain.openness.topics import Topic, entries_of


def feed_answer(request: HttpRequest, topic: Topic) -> HttpResponse:
    """The newest entries; an entry that changes keeps its id and gets a new time."""
    here = request.build_absolute_uri(request.path)
    atom = Atom1Feed(
        title=_("%(alliance)s：%(topic)s") % {"alliance": topic.alliance, "topic": topic},
        link=request.build_absolute_uri(topic.path),
        description=_("联盟告诉大家的事。"),
        language=get_language(),
        feed_url=here,
        author_name=str(topic.alliance),
    )
    for one in entries_of(topic):
        atom.add_item(
            title=one.title,
            link=request.build_absolute_uri(one.path),
            unique_id=f"{here}#{one.key}",
            description=escape(one.text),
            pubdate=one.at,
            updateddate=one.at,
        )
    return HttpResponse(atom.writeString("utf-8"), "application/atom+xml; charset=utf-8")
