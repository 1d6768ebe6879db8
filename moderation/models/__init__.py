from .appeal import Appeal, AppealQuerySet
from .case import Case, CaseQuerySet, Note, Proposal, Report, Shift
from .decision import Act, Decision, DecisionQuerySet, Source
from .ledger import Entry, Head

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
    "Note",
    "Proposal",
    "Report",
    "Shift",
    "Source",
]
