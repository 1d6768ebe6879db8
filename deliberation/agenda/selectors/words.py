"""What a need says now: residents' words as they stand in their messages at this moment."""

from collections.abc import Collection, Iterable

from django.db.models import Prefetch

from deliberation.agenda.models import TITLE, Citation, NeedSentence

BETWEEN = " … "  # between what was said in two messages


def shown(sentence: NeedSentence) -> str:
    """The words of a sentence; empty when none of its sources says them any more.

    Someone's own wording of what it cites is only shown while all of that stands: else it might
    still hold what was hidden. Fetch `citations__message` with it.
    """
    citations = list(sentence.citations.all())
    if sentence.text and citations and all(one.stands for one in citations):
        return sentence.text
    return BETWEEN.join(quote for one in citations if (quote := one.quote()))


def sentences_of(needs: Collection[int], *, title_only: bool = False) -> Iterable[NeedSentence]:
    """Title first, then the summary, with what they cite."""
    found = NeedSentence.objects.filter(need__in=needs)
    found = found.filter(place=TITLE) if title_only else found
    cited = Prefetch("citations", Citation.objects.select_related("message__author"))
    return found.order_by("need", "place").prefetch_related(cited)


def titles(needs: Collection[int]) -> dict[int, str]:
    """The title of each need that has one now."""
    return {one.need_id: shown(one) for one in sentences_of(needs, title_only=True)}
