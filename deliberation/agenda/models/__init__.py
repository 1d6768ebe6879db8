from .answering import Extension, Milestone, NeedNotice, Outcome, Reminder, Response
from .evidence import AgendaCursor, Evidence, Suggestion, SuggestionKind
from .need import Body, Move, Need, NeedOrigin, NeedState, Reference, Wording
from .opinions import OpinionSnapshot
from .taking_part import Contest, Follow, MemorySeen, Support
from .version import Version
from .wording import TITLE, Citation, Edit, NeedSentence, text_hash

__all__ = [
    "TITLE",
    "AgendaCursor",
    "Body",
    "Citation",
    "Contest",
    "Edit",
    "Evidence",
    "Extension",
    "Follow",
    "MemorySeen",
    "Milestone",
    "Move",
    "Need",
    "NeedNotice",
    "NeedOrigin",
    "NeedSentence",
    "NeedState",
    "OpinionSnapshot",
    "Outcome",
    "Reference",
    "Reminder",
    "Response",
    "Suggestion",
    "SuggestionKind",
    "Support",
    "Version",
    "Wording",
    "text_hash",
]
