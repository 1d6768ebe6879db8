from .appeal import Appeal, AppealQuerySet
from .case import Case, CaseQuerySet, Note, Proposal, Report, Shift
from .decision import Act, Decision, DecisionQuerySet, Source
from .ledger import Entry

__all__ = [
    "Act",
    "Appeal",
    "AppealQuerySet",
    "Case",
    "CaseQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Entry",
    "Note",
    "Proposal",
    "Report",
    "Shift",
    "Source",
]
