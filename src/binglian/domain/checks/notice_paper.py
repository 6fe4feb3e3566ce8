"""What a finding's notice holds, from the records."""

from __future__ import annotations

from django.utils.timezone import localdate
from django.utils.translation import override

from binglian.domain.checks.models import Finding, StopOrder
from binglian.papers.notice import NoticePaper

from .sketches import map_sketch, photo_sketches, plan_sketch


def notice_paper(finding: Finding) -> NoticePaper:
    """The notice as things stand now; the paper is in Chinese, whoever prints it."""
    standing = finding.stop_orders.exclude(state=StopOrder.State.LIFTED).first()
    with override("zh-hans"):
        return NoticePaper(
            alliance=finding.project.alliance.name,
            number=finding.number,
            project=finding.project.title_zh,
            place=finding.place,
            grade=str(finding.get_grade_display()),
            family=str(finding.get_family_display()),
            what=finding.what,
            organisation=finding.organisation.name,
            due_on=finding.due_on,
            standard=finding.standard,
            issued_on=localdate(finding.issued_at),
            post=finding.post,
            duty=finding.duty,
            measure=finding.measure,
            stop=standing.scope if standing else "",
            drawings=tuple(
                one
                for one in (map_sketch(finding), plan_sketch(finding), *photo_sketches(finding))
                if one
            ),
            steps=tuple(
                (localdate(step.at), str(step.get_what_display()), step.words)
                for step in finding.steps.all()
            ),
        )
