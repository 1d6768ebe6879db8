"""Other words for a need, always resting on messages."""

from collections.abc import Sequence

from deliberation.agenda.models import Evidence, Need, Wording
from deliberation.kernel.text import line

from .sentences import Wanted, evidence_store, sentences_store

TITLE_LIMIT = 160  # characters of someone's own wording
SENTENCE_LIMIT = 300
MOST_SENTENCES = 4  # the title and three


def reword(need: Need, wanted: Sequence[Wanted], wording: Wording) -> None:
    """Other sentences, the title first. A message that they cite becomes one it rests on."""
    sentences_store(need, [_fitting(one, place) for place, one in enumerate(wanted)])
    known = {one.message_id: Evidence.Kind(one.kind) for one in need.evidence.all()}
    cited = {span.message: Evidence.Kind.PART for one in wanted for span in one.spans}
    if cited.keys() - known.keys():
        evidence_store(need, cited | known)
    need.wording = wording
    need.save(update_fields=["wording"])


def _fitting(wanted: Wanted, place: int) -> Wanted:
    limit = SENTENCE_LIMIT if place else TITLE_LIMIT
    return Wanted(wanted.spans, line(wanted.text, limit=limit)) if wanted.text else wanted
