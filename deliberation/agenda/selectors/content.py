"""What a version of an agenda holds: ids, spans, counts and hashes; never a resident's words."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from deliberation import __version__
from deliberation.agenda.models import (
    Contest,
    Evidence,
    Need,
    NeedSentence,
    NeedState,
    Response,
    text_hash,
)
from deliberation.agenda.ordering import place
from deliberation.engine import Parameters
from deliberation.kernel import canonical
from deliberation.protocol.fold import LISTED
from rooms.models import MessageState, Neighbourhood

from .figures import Figures, figures_of
from .views import support_of
from .words import sentences_of

FORMAT = "deliberation/agenda-version/1"
RULE = "people × agreement"
_ENDED = (NeedState.DONE, NeedState.CLOSED)
Entry = dict[str, Any]


def content_of(
    neighbourhood: Neighbourhood,
    *,
    number: int,
    previous: str,
    rooms: list[Entry],
    at: datetime,
) -> Entry:
    """The agenda as it stands, in a form that `chain.sealed` takes. `rooms`: what was read."""
    return {
        "format": FORMAT,
        "neighbourhood": neighbourhood.slug,
        "number": number,
        "previous": previous,
        "adopted_at": at.isoformat(),
        "software": __version__,
        "order": {"rule": RULE, "by_hand": []},
        "parameters": parameters(),
        "rooms": rooms,
        "needs": needs_of(neighbourhood, at=at),
    }


def parameters() -> Entry:
    """Every number that decided something."""
    engine = Parameters()
    found = {name: getattr(engine, name) for name in engine.__struct_fields__}
    policy = {"need_people": settings.NEED_PEOPLE, "need_breadth": settings.NEED_BREADTH}
    plain: Entry = canonical.plain({"engine": found, "policy": policy})
    return plain


def needs_of(neighbourhood: Neighbourhood, *, at: datetime) -> list[Entry]:
    """Whatever ever came on the agenda: what stands on it in the published order, then the rest."""
    needs = list(Need.objects.of(neighbourhood.pk).public().select_related("merged_into"))
    ids = [need.pk for need in needs]
    figures, support = figures_of(ids, at=at), support_of(ids)
    sentences, evidence = _sentences(ids), _evidence(ids)
    responses, contests = _responses(ids), _contests(ids)
    needs.sort(key=lambda need: (_rank(need), place_of(need, figures[need.pk])))
    return [
        {
            **_facts(need),
            **_counts(figures[need.pk]),
            "support": support.get(need.pk, 0),
            "sentences": sentences[need.pk],
            "evidence": evidence[need.pk],
            "responses": responses[need.pk],
            "contests": contests[need.pk],
        }
        for need in needs
    ]


def place_of(need: Need, figures: Figures) -> tuple[float, float, int]:
    return place(figures.weight, figures.first, need.pk)


def _rank(need: Need) -> int:
    return 0 if need.state in LISTED else 1 + _ENDED.index(NeedState(need.state))


def _facts(need: Need) -> Entry:
    plain: Entry = canonical.plain(
        {
            "id": need.pk,
            "kenmerk": need.kenmerk,
            "state": str(need.state),
            "theme": need.theme,
            "origin": str(need.origin),
            "wording": str(need.wording),
            "body": str(need.body),
            "listed_at": need.listed_at,
            "asked_at": need.asked_at,
            "due_on": need.due_on,
            "due": need.due,
            "merged_into": need.merged_into.kenmerk if need.merged_into else None,
        }
    )
    return plain


def _counts(figures: Figures) -> Entry:
    plain: Entry = canonical.plain(
        {
            "people": figures.people,
            "messages": figures.messages,
            "agree": figures.opinion.agree,
            "disagree": figures.opinion.disagree,
            "unsure": figures.opinion.unsure,
            "first": figures.first,
            "last": figures.last,
        }
    )
    return plain


def _sentences(needs: Collection[int]) -> Mapping[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for one in sentences_of(needs):
        found[one.need_id].append(_sentence(one))
    return found


def _sentence(one: NeedSentence) -> Entry:
    return {
        "place": one.place,
        "text_hash": text_hash(one.text) if one.text else "",
        "citations": [
            {
                "message": cited.message_id,
                "start": cited.start,
                "end": cited.end,
                "text_hash": cited.revision,
            }
            for cited in one.citations.all()
        ],
    }


def _evidence(needs: Collection[int]) -> Mapping[int, list[Entry]]:
    shown = Evidence.objects.filter(need__in=needs, message__state=MessageState.SHOWN)
    rows = shown.order_by("message").values_list("need", "message", "kind", "message__body")
    found: dict[int, list[Entry]] = defaultdict(list)
    for need, message, kind, body in rows.iterator(chunk_size=500):
        found[need].append({"message": message, "kind": kind, "text_hash": text_hash(body)})
    return found


def _responses(needs: Collection[int]) -> Mapping[int, list[Entry]]:
    published = Response.objects.filter(need__in=needs, state=Response.State.PUBLISHED)
    found: dict[int, list[Entry]] = defaultdict(list)
    for one in published.order_by("published_at", "pk"):
        found[one.need_id].append(
            canonical.plain(
                {
                    "kenmerk": one.kenmerk,
                    "outcome": str(one.outcome),
                    "published_at": one.published_at,
                    "text_hash": text_hash(f"{one.reason}\n{one.link}"),
                }
            )
        )
    return found


def _contests(needs: Collection[int]) -> Mapping[int, Entry]:
    rows: Iterable[tuple[int, str, datetime | None]] = Contest.objects.filter(
        need__in=needs
    ).values_list("need", "kind", "answered_at")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for need, kind, answered in rows:
        counts[need][kind] += 1
        counts[need]["answered"] += answered is not None
    names = (*Contest.Kind.values, "answered")
    return {need: {name: counts[need][name] for name in names} for need in needs}
