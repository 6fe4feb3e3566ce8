"""Every change to lists, runs and commitments."""

from .accepting import accept_commitment, decision_on
from .commitments import (
    decline_commitment,
    explain_commitment,
    judge_delivery,
    move_due_date,
    report_delivery,
)
from .filters import drop_filter, keep_filter
from .helping import (
    Help,
    decline_help,
    erase_due_help,
    offer_help,
    read_help_contact,
    take_up_help,
    withdraw_help,
)
from .imports import ImportOutcome, carry_out_import
from .joint import check_joint_run, keep_joint_runs
from .lists import save_need, save_offer, withdraw_row
from .pairs import ask_directly
from .pledges import pledge, release_pledges
from .publication import ask_publication, publish_run
from .reminders import remind
from .runs import (
    ask_run,
    begin_run,
    cancel_run,
    fail_run,
    finish_run,
    note_findings,
    note_progress,
    revive_stuck_runs,
    set_match,
    set_matches,
)
from .scenarios import answer_scenario, ask_adoption, keep_scenario

__all__ = [
    "Help",
    "ImportOutcome",
    "accept_commitment",
    "answer_scenario",
    "ask_adoption",
    "ask_directly",
    "ask_publication",
    "ask_run",
    "begin_run",
    "cancel_run",
    "carry_out_import",
    "check_joint_run",
    "decision_on",
    "decline_commitment",
    "decline_help",
    "drop_filter",
    "erase_due_help",
    "explain_commitment",
    "fail_run",
    "finish_run",
    "judge_delivery",
    "keep_filter",
    "keep_joint_runs",
    "keep_scenario",
    "move_due_date",
    "note_findings",
    "note_progress",
    "offer_help",
    "pledge",
    "publish_run",
    "read_help_contact",
    "release_pledges",
    "remind",
    "report_delivery",
    "revive_stuck_runs",
    "save_need",
    "save_offer",
    "set_match",
    "set_matches",
    "take_up_help",
    "withdraw_help",
    "withdraw_row",
]
