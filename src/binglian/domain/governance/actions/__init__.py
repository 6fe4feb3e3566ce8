"""Every change to what is decided, signed and resolved.

``sealing`` loads pyHanko and is imported by the job alone."""

from .agenda import add_agenda_item, gather_agenda, order_agenda, remove_agenda_item
from .agreement_reminders import remind_of_agreements
from .answering import answer_decision
from .asking import ask_decision, withdraw_decision
from .certificates import prepare_certificates, revoke_certificate, rotate_certificate
from .clock import escalate_silence, lapse_what_changed
from .coming_into_force import close_windows, end_expired
from .commenting import answer_comment, comment_on, open_comments
from .delegations import add_superior, delegate_decisions, remove_superior, revoke_delegation
from .departing import ask_expulsion, end_notices, withdraw_from_agreement
from .drafting import (
    begin_version,
    change_agreement,
    move_clause,
    remove_clause,
    remove_pledge,
    save_clause,
    save_pledge,
    start_agreement,
)
from .evaluations import (
    answer_evaluation,
    ask_evaluation,
    ask_evaluation_publication,
    draw_up_evaluation,
    remark_on,
)
from .freezing import ask_to_freeze, freeze_version
from .meeting_reminders import remind_of_meetings
from .meetings import (
    cancel_meeting,
    change_meeting_rules,
    convene_meeting,
    move_meeting,
    note_superiors_told,
    prepare_meeting,
    reply_to_invitation,
)
from .minutes import (
    ask_minutes,
    count_attendance,
    resolve,
    strike_resolution,
    write_conclusion,
    write_summary,
)
from .paper_signing import check_paper, hand_in_paper
from .rota import (
    answer_swap,
    ask_swap,
    confirm_handover,
    draw_up_rota,
    open_handover,
    skip_turn,
    tick_handover,
)
from .rules import RESERVED_FOR, ask_rule_change
from .settling import locked_alliance
from .signing import accede, decline_agreement, sign_agreement
from .topics import accept_topic, defer_topic, offer_topic

__all__ = [
    "RESERVED_FOR",
    "accede",
    "accept_topic",
    "add_agenda_item",
    "add_superior",
    "answer_comment",
    "answer_decision",
    "answer_evaluation",
    "answer_swap",
    "ask_decision",
    "ask_evaluation",
    "ask_evaluation_publication",
    "ask_expulsion",
    "ask_minutes",
    "ask_rule_change",
    "ask_swap",
    "ask_to_freeze",
    "begin_version",
    "cancel_meeting",
    "change_agreement",
    "change_meeting_rules",
    "check_paper",
    "close_windows",
    "comment_on",
    "confirm_handover",
    "convene_meeting",
    "count_attendance",
    "decline_agreement",
    "defer_topic",
    "delegate_decisions",
    "draw_up_evaluation",
    "draw_up_rota",
    "end_expired",
    "end_notices",
    "escalate_silence",
    "freeze_version",
    "gather_agenda",
    "hand_in_paper",
    "lapse_what_changed",
    "locked_alliance",
    "move_clause",
    "move_meeting",
    "note_superiors_told",
    "offer_topic",
    "open_comments",
    "open_handover",
    "order_agenda",
    "prepare_certificates",
    "prepare_meeting",
    "remark_on",
    "remind_of_agreements",
    "remind_of_meetings",
    "remove_agenda_item",
    "remove_clause",
    "remove_pledge",
    "remove_superior",
    "reply_to_invitation",
    "resolve",
    "revoke_certificate",
    "revoke_delegation",
    "rotate_certificate",
    "save_clause",
    "save_pledge",
    "sign_agreement",
    "skip_turn",
    "start_agreement",
    "strike_resolution",
    "tick_handover",
    "withdraw_decision",
    "withdraw_from_agreement",
    "write_conclusion",
    "write_summary",
]
