from .appeal import Appeal, AppealQuerySet
from .decision import Act, Decision, DecisionQuerySet, Source
from .ledger import Entry

__all__ = [
    "Act",
    "Appeal",
    "AppealQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Entry",
    "Source",
]
