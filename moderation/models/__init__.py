from .appeal import Appeal, AppealQuerySet
from .case import Case, CaseQuerySet, Note, Proposal, Report, Shift
from .decision import Act, Decision, DecisionQuerySet, Source
from .hearing import Hearing
from .ledger import Entry, Head
from .nudge import NudgeCount, Outcome
from .watch import Signal, WatchCursor, WatchList

__all__ = [
    "Act",
    "Appeal",
    "AppealQuerySet",
    "Case",
    "CaseQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Entry",
    "Head",
    "Hearing",
    "Note",
    "NudgeCount",
    "Outcome",
    "Proposal",
    "Report",
    "Shift",
    "Signal",
    "Source",
    "WatchCursor",
    "WatchList",
]
