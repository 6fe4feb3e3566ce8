"""What is typed when something is done with a matter, one file for each stage."""

from .answering import DoorstepForm, ReplyForm, RevisitForm
from .handling import ExtendForm, HelpForm, ObjectForm, ObjectionForm
from .intake import DispatchForm, DivertForm, JoinForm, PublishForm
from .later import ExcludeForm, NeedForm, ParkForm
from .part import MatterForm, NoteForm, ReasonForm, ReviewForm, SignForm, TextForm, YesNoForm
from .whistling import JudgeForm, WhistleForm

__all__ = [
    "DispatchForm",
    "DivertForm",
    "DoorstepForm",
    "ExcludeForm",
    "ExtendForm",
    "HelpForm",
    "JoinForm",
    "JudgeForm",
    "MatterForm",
    "NeedForm",
    "NoteForm",
    "ObjectForm",
    "ObjectionForm",
    "ParkForm",
    "PublishForm",
    "ReasonForm",
    "ReplyForm",
    "ReviewForm",
    "RevisitForm",
    "SignForm",
    "TextForm",
    "WhistleForm",
    "YesNoForm",
]
