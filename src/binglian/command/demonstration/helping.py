"""Who can help with the needs of the demonstration without being a member."""

from decimal import Decimal

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.actions import Help, offer_help
from binglian.domain.coupling.models import Need

_CONSENT = "示例：同意为这件需求使用联系方式。"
_CONTACT = {"name": "示例", "phone": "0532-00000000"}
#: Number of the need → who can help, with what, how much, in which words.
_HELP = {
    "S-N08": ("里院中医馆（示例）", "讲两次颈椎保健课", 4, "周六上午店里有空，可带模型来。"),
    "S-N10": ("蜘蛛人工作队（示例）", "自带绳索登高一天", 1, "五月前哪天都行，有高处作业证。"),
}


def enter(alliance: Alliance) -> None:
    """Two helpers whom the secretariat has still to call."""
    for number, (applicant, gives, quantity, text) in _HELP.items():
        need = alliance.needs.filter(number=number, state=Need.State.OPEN).first()
        if need is None:
            continue
        said = Help(
            applicant=applicant,
            gives=gives,
            quantity=Decimal(quantity),
            text=text,
            consent_text=_CONSENT,
            contact=_CONTACT,
        )
        offer_help(need=need, help_=said)
