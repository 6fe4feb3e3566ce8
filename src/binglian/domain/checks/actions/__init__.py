"""Every change to what is remembered about sites under control."""

from .accidents import report_accident, withdraw_accident
from .checklists import bring_into_force, retire_checklist, take_standard_lists
from .donations import (
    cancel_donation,
    enter_donation,
    find_donor,
    publish_donation,
)
from .findings import (
    close_finding,
    fix_responsibility,
    issue_finding,
    receive_finding,
    reopen_finding,
    report_fixed,
    return_finding,
    show_finding,
)
from .goods_list import enter_goods_list
from .handing_out import confirm_hand_out, hand_out, take_back
from .inspections import draw_inspections, finish_inspection, plan_inspection
from .integrity import decline_promise, enter_contract, open_promise, sign_promise
from .moving_back import move_back
from .open_days import announce_open_day, cancel_open_day, change_open_day, record_open_day
from .plans import enter_plan, retire_plan
from .signing_up import erase_due_sign_ups, read_sign_up_contacts, sign_up, withdraw_sign_up
from .sites import award_flag, end_team, enter_team, name_unit, report_day, revoke_flag
from .stop_orders import ask_to_resume, consent_to_resume, order_stop, refuse_to_resume
from .supervisors import (
    answer_observation,
    appoint_supervisor,
    decline_nomination,
    file_observation,
    nominate_supervisor,
)
from .telling_visitors import tell_visitors
from .watching import watch_findings

__all__ = [
    "announce_open_day",
    "answer_observation",
    "appoint_supervisor",
    "ask_to_resume",
    "award_flag",
    "bring_into_force",
    "cancel_donation",
    "cancel_open_day",
    "change_open_day",
    "close_finding",
    "confirm_hand_out",
    "consent_to_resume",
    "decline_nomination",
    "decline_promise",
    "draw_inspections",
    "end_team",
    "enter_contract",
    "enter_donation",
    "enter_goods_list",
    "enter_plan",
    "enter_team",
    "erase_due_sign_ups",
    "file_observation",
    "find_donor",
    "finish_inspection",
    "fix_responsibility",
    "hand_out",
    "issue_finding",
    "move_back",
    "name_unit",
    "nominate_supervisor",
    "open_promise",
    "order_stop",
    "plan_inspection",
    "publish_donation",
    "read_sign_up_contacts",
    "receive_finding",
    "record_open_day",
    "refuse_to_resume",
    "reopen_finding",
    "report_accident",
    "report_day",
    "report_fixed",
    "retire_checklist",
    "retire_plan",
    "return_finding",
    "revoke_flag",
    "show_finding",
    "sign_promise",
    "sign_up",
    "take_back",
    "take_standard_lists",
    "tell_visitors",
    "watch_findings",
    "withdraw_accident",
    "withdraw_sign_up",
]
