"""What someone did with needs, kept so that it can be undone and compared."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.agenda.models import Citation, Edit, Need, NeedSentence, Suggestion
from deliberation.people.actors import Actor

Picture = dict[str, Any]
ROWS = ("supports", "follows", "contests")  # what moves along with a merge, by the ids of its rows


class EditKind(models.TextChoices):
    ACCEPT = "accept", _("Came on the agenda")
    DISMISS = "dismiss", _("Dismissed")
    EDIT = "edit", _("Changed")
    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Was split")
    EVIDENCE = "evidence", _("Other messages")
    PLACE = "place", _("Put on the agenda by the municipality")
    CLOSE = "close", _("Closed")
    REOPEN = "reopen", _("Reopened")


def picture(need: Need) -> Picture:
    """A need as it is: ids, spans and staff's own words, never a resident's.

    `sentences`: text, where a person worded it, and spans as message, start, end, revision.
    Where a resident worded it, `words_of` names the suggestion that holds the words.
    """
    evidence = need.evidence.order_by("message").values_list("message", "kind")
    return {
        "state": str(need.state),
        "theme": need.theme,
        "body": str(need.body),
        "wording": str(need.wording),
        "merged_into": need.merged_into_id,
        "sentences": _sentences(need),
        "evidence": {str(message): kind for message, kind in evidence},
        **{name: list(_rows(need, name)) for name in ROWS},
    }


def _rows(need: Need, name: str) -> Iterable[int]:
    rows: Iterable[int] = getattr(need, name).order_by("pk").values_list("pk", flat=True)
    return rows


def _sentences(need: Need) -> list[dict[str, Any]]:
    proposed = Suggestion.objects.filter(need=need, by_engine=False).exclude(words="")
    words = {text: pk for pk, text in proposed.order_by("-pk").values_list("pk", "words")}
    found = NeedSentence.objects.filter(need=need).order_by("place")
    return [_sentence(one, words) for one in found.prefetch_related("citations")]


def _sentence(sentence: NeedSentence, words: dict[str, int]) -> dict[str, Any]:
    spans = [[one.message_id, one.start, one.end, one.revision] for one in sentence.citations.all()]
    if sentence.text in words:
        return {"words_of": words[sentence.text], "spans": spans}
    return {"text": sentence.text, "spans": spans}


@contextmanager
def kept(
    kind: EditKind,
    *needs: Need,
    actor: Actor,
    at: datetime,
    reason: str = "",
    suggestion: Suggestion | None = None,
) -> Iterator[Edit]:
    """Keep what the block does with these needs. One that it makes: `is_new`.

    Without a suggestion, what changes nothing is not kept: the edit then has no id.
    """
    edit = Edit(kind=kind, actor_id=actor.id, at=at, reason=reason, suggestion=suggestion)
    place = suggestion or needs[0]
    edit.neighbourhood_id = place.neighbourhood_id
    edit.before = {str(need.pk): picture(need) for need in needs}
    yield edit
    edit.after = {
        str(need.pk): picture(need) for need in Need.objects.filter(pk__in=list(edit.before))
    }
    if suggestion or changes(edit):
        edit.save()


def is_new(edit: Edit, need: Need) -> None:
    """The edit made this need: before, there was nothing."""
    edit.before[str(need.pk)] = None


@dataclass(frozen=True)
class Change:
    """At one place (such as `theme`, or `evidence.31`) of a need, what it was and what it is."""

    need: int
    place: str
    was: Any
    became: Any


def changes(edit: Edit) -> list[Change]:
    """What the edit did, place by place."""
    return [
        change
        for need, after in edit.after.items()
        for change in compared(int(need), edit.before[need], after)
    ]


def compared(need: int, before: Picture | None, after: Picture) -> list[Change]:
    """Where two pictures of a need differ."""
    was, became = flat(before or {}), flat(after)
    places = sorted(was.keys() | became.keys())
    found = [Change(need, place, was.get(place), became.get(place)) for place in places]
    return [change for change in found if change.was != change.became]


def flat(picture: Picture) -> dict[str, Any]:
    """A picture by place: each message and each row is a place of its own."""
    found = {name: value for name, value in picture.items() if name not in {"evidence", *ROWS}}
    found |= {f"evidence.{message}": kind for message, kind in picture.get("evidence", {}).items()}
    return found | {f"{name}.{row}": True for name in ROWS for row in picture.get(name, ())}


def store_sentences(need: Need, wanted: Iterable[dict[str, Any]]) -> None:
    """Put back the sentences of a picture. Citations keep the revision that they had: one whose
    message changed since shows nothing."""
    need.sentences.all().delete()
    for place, one in enumerate(wanted):
        text = one.get("text", "")
        if "words_of" in one:
            found = Suggestion.objects.filter(pk=one["words_of"]).values_list("words", flat=True)
            text = found.first() or ""
        sentence = NeedSentence.objects.create(need=need, place=place, text=text)
        Citation.objects.bulk_create(
            Citation(sentence=sentence, message_id=message, start=start, end=end, revision=revision)
            for message, start, end, revision in one["spans"]
        )
