"""What people made of a need, beside what it was: for managers, and for whoever asks why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from deliberation.agenda.models import Edit, Need, Suggestion, text_hash
from rooms.models import Message, MessageState

from .words import BETWEEN


@dataclass(frozen=True)
class Line:
    """A sentence that stayed (`same`), went (`gone`) or came (`new`). Empty `text`: its messages
    no longer say it."""

    kind: str
    text: str


@dataclass(frozen=True)
class Changed:
    """Sentence by sentence, title first; how many messages came and went."""

    lines: list[Line]
    theme: tuple[str, str] | None
    came: int
    went: int

    @property
    def has_words(self) -> bool:
        return self.theme is not None or any(line.kind != "same" for line in self.lines)

    def __bool__(self) -> bool:
        return bool(self.has_words or self.came or self.went)


def since_suggested(need: Need) -> Changed | None:
    """From what was suggested to what the need is now; None while nobody changed it."""
    first = Edit.objects.filter(before__has_key=str(need.pk), undone_at=None).first()
    last = Edit.objects.filter(after__has_key=str(need.pk), undone_at=None).last()
    before = first.before[str(need.pk)] if first else None
    if last is None or before is None:
        return None
    return differences([(before, last.after[str(need.pk)])])[0]


def by_edit(edits: Iterable[Edit]) -> dict[int, list[tuple[int, Changed]]]:
    """What each edit changed, need by need; as many queries for a hundred edits as for one."""
    places = [(edit.pk, int(pk)) for edit in edits for pk in edit.after]
    pairs = [(edit.before[pk], edit.after[pk]) for edit in edits for pk in edit.after]
    found: dict[int, list[tuple[int, Changed]]] = {edit.pk: [] for edit in edits}
    for (edit, need), changed in zip(places, differences(pairs), strict=True):
        found[edit].append((need, changed))
    return found


def differences(pairs: list[tuple[Any, Any]]) -> list[Changed]:
    """From one picture of a need (`history.picture`) to another; None: there was none."""
    every = [one for pair in pairs for picture in pair if picture for one in picture["sentences"]]
    messages = Message.objects.filter(
        pk__in={span[0] for one in every for span in one["spans"]}, state=MessageState.SHOWN
    ).in_bulk()
    asked = {one["words_of"] for one in every if "words_of" in one}
    words = dict(Suggestion.objects.filter(pk__in=asked).values_list("pk", "words"))
    return [_changed(before, after, messages, words) for before, after in pairs]


def _changed(
    before: Any, after: Any, messages: Mapping[int, Message], words: Mapping[int, str]
) -> Changed:
    was, became = (before or {}).get("sentences", []), after["sentences"]
    gone = [Line("gone", _says(one, messages, words)) for one in was if one not in became]
    here = [Line("same" if one in was else "new", _says(one, messages, words)) for one in became]
    old, new = set((before or {}).get("evidence", {})), set(after["evidence"])
    theme = None if before is None else (before["theme"], after["theme"])
    return Changed(
        lines=[*gone, *here],
        theme=theme if theme and theme[0] != theme[1] else None,
        came=len(new - old),
        went=len(old - new),
    )


def _says(sentence: Any, messages: Mapping[int, Message], words: Mapping[int, str]) -> str:
    """As `words.shown`: someone's own wording only while all that it rests on stands."""
    quotes = [_quote(span, messages) for span in sentence["spans"]]
    own = words.get(sentence["words_of"], "") if "words_of" in sentence else sentence["text"]
    if own and quotes and all(quotes):
        return own
    return BETWEEN.join(quote for quote in quotes if quote)


def _quote(span: tuple[int, int, int, str], messages: Mapping[int, Message]) -> str:
    message, start, end, revision = span
    found = messages.get(message)
    if found is None or text_hash(found.body) != revision:
        return ""
    return found.body[start:end]
