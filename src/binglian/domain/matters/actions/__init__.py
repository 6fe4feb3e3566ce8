"""Every change to residents' matters."""

from .answering import close_matter, reopen, reply, review_unreasonable, revisit
from .catalogue import (
    import_catalogue,
    remove_responsibility,
    save_category,
    save_responsibility,
)
from .clocks import extend, note_contact, pause, resume
from .contacts import erase_due_contacts, erase_reporter, export_reporter, read_contact
from .dispatching import (
    accept_assignment,
    ask_for_help,
    decide_objection,
    dispatch_matter,
    object_to,
)
from .due_dates import recount_deadlines
from .excluding import ask_exclusion, confirm_exclusion
from .helping import report_to_leader
from .learning import train_routing
from .mail_intake import TakenIn, take_in_mail
from .moving_back import move_back
from .parking import become_need, bring_back, park, unpark
from .public_reports import add_to_matter, report_by_public
from .reminding import remind_of_matters
from .reporting import (
    check_publication,
    divert_matter,
    join_matter,
    reject_matter,
    report_matter,
)
from .rules import change_matter_rules
from .themes import adopt_theme, drop_theme, finish_theme, propose_themes
from .whistles import (
    arrive,
    draft_whistle,
    judge_call,
    judge_whistler,
    report_result,
    sign_whistle,
)

__all__ = [
    "TakenIn",
    "accept_assignment",
    "add_to_matter",
    "adopt_theme",
    "arrive",
    "ask_exclusion",
    "ask_for_help",
    "become_need",
    "bring_back",
    "change_matter_rules",
    "check_publication",
    "close_matter",
    "confirm_exclusion",
    "decide_objection",
    "dispatch_matter",
    "divert_matter",
    "draft_whistle",
    "drop_theme",
    "erase_due_contacts",
    "erase_reporter",
    "export_reporter",
    "extend",
    "finish_theme",
    "import_catalogue",
    "join_matter",
    "judge_call",
    "judge_whistler",
    "move_back",
    "note_contact",
    "object_to",
    "park",
    "pause",
    "propose_themes",
    "read_contact",
    "recount_deadlines",
    "reject_matter",
    "remind_of_matters",
    "remove_responsibility",
    "reopen",
    "reply",
    "report_by_public",
    "report_matter",
    "report_result",
    "report_to_leader",
    "resume",
    "review_unreasonable",
    "revisit",
    "save_category",
    "save_responsibility",
    "sign_whistle",
    "take_in_mail",
    "train_routing",
    "unpark",
]
