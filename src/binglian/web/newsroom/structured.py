"""An announcement for machines that read pages: schema.org and Open Graph."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime

from binglian.domain.newsroom.models import Announcement

from .reading import Article


def news_article(request: HttpRequest, announcement: Announcement, article: Article) -> Any:
    """The page as a schema.org ``NewsArticle``."""
    here = request.build_absolute_uri(announcement.path)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": here,
        "mainEntityOfPage": here,
        "headline": article.title,
        "description": article.summary,
        "inLanguage": "en" if article.language == "en" else "zh-CN",
        "datePublished": _moment(announcement.published_at),
        "dateModified": _moment(announcement.changed_at),
        "author": {"@type": "Organization", "name": str(announcement.organisation)},
        "publisher": {
            "@type": "Organization",
            "name": str(announcement.alliance),
            "url": request.build_absolute_uri(f"/p/{announcement.alliance.slug}/"),
        },
    }
    pictures = [_picture(request, figure) for figure in article.figures]
    if pictures:
        told["image"] = pictures
    if article.version.source_url:
        told["isBasedOn"] = article.version.source_url
    return told


def _moment(at: datetime | None) -> str:
    return localtime(at).isoformat(timespec="seconds") if at else ""


def _picture(request: HttpRequest, figure: Any) -> dict[str, Any]:
    one = figure.illustration
    told = {
        "@type": "ImageObject",
        "url": request.build_absolute_uri(figure.url),
        "width": one.picture.width,
        "height": one.picture.height,
        "caption": one.caption or one.alternative,
    }
    return told | ({"creditText": str(one.credit)} if one.credit else {})
