"""The life of the demonstration's needs, by the same services that managers and officials use."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from deliberation.agenda.models import Contest, Evidence, Need, NeedState, Suggestion
from deliberation.agenda.services.accepting import need_accept
from deliberation.agenda.services.asking import need_ask
from deliberation.agenda.services.contests import contest_add, contest_answer
from deliberation.agenda.services.merging import need_merge
from deliberation.agenda.services.progress import milestone_add, need_done, need_start
from deliberation.agenda.services.proposing import need_place, need_propose
from deliberation.agenda.services.responses import (
    response_draft,
    response_publish,
    response_read,
)
from deliberation.agenda.services.resting import evidence_add, evidence_remove
from deliberation.agenda.services.sentences import Span, Wanted
from deliberation.agenda.services.suggestions import suggestion_dismiss
from deliberation.agenda.services.supporting import need_support
from deliberation.eventlog.log import writing
from deliberation.kernel.ids import derived_ref
from deliberation.people.actors import Actor, actor_of
from deliberation.people.models import Person
from rooms.models import Message, Room

from .load import MANAGER, source_of
from .script import FOLDER, setting

OFFICIAL, READER = "jeroen", "els"
STEPS = {"start": need_start, "done": need_done, "add": milestone_add}
NOON = time(12)


def tell(room: Room, *, now: datetime) -> bool:
    """Have the needs of this room live their lives; False where they did so before.

    It is the same whatever the computer suggests, also while that is switched off.
    """
    if Need.objects.of(room.neighbourhood_id).exclude(kenmerk=None).exists():
        return False
    lives = json.loads((FOLDER / "agenda.json").read_text(encoding="utf-8"))
    with writing():
        story = _Story(room, timezone.localtime(now))
        for life in sorted(lives, key=lambda one: -one.get("listed", 0)):
            story.live(life)
    return True


class _Story:
    def __init__(self, room: Room, now: datetime) -> None:
        self._room, self._now = room, now
        refs = {derived_ref("demo", key): key for key in _keys()}
        messages = Message.objects.filter(room=room, ref__in=refs)
        self._messages = {refs[one.ref]: one for one in messages}
        self._people = {
            key: Person.objects.get(source=source_of(key, words))
            for key, words in setting()["people"].items()
        }

    def live(self, life: Mapping[str, Any]) -> None:
        day = life.get("listed", 1)
        need = self._begun(life["from"], day, life.get("theme", "")) or self._raised(life, day)
        if need is None:
            return
        if "dismissed" in life:
            self._dismiss(need, life["dismissed"], day)
            return
        self._listed(need, life, day)
        self._supported(need, **life.get("support", {"day": day, "people": ""}))
        if "asked" in life:
            self._asked(need, **life["asked"])
        if "answered" in life:
            self._answered(need, **life["answered"])
        for step in life.get("steps", ()):
            self._step(need, **step)
        for contest in life.get("contests", ()):
            self._contested(need, **contest)

    def _begun(self, source: Mapping[str, Any], day: int, theme: str) -> int | None:
        if "suggested" in source:
            return self._suggested(source["suggested"])
        by = source.get("proposed") or source["placed"]
        make = need_propose if "proposed" in source else need_place
        made = make(
            actor=self._actor(by, day),
            neighbourhood=self._room.neighbourhood,
            words=source["words"],
            messages=self._ids(source["messages"].split()),
            theme=theme,
            at=self._at(day),
        )
        return made.pk

    def _raised(self, life: Mapping[str, Any], day: int) -> int | None:
        """What the computer does not suggest, who said it first proposes."""
        if "about" not in life:
            return None
        first = self._messages[life["about"].split()[0]]
        words = next(iter(life["says"][0].values()))
        made = need_propose(
            actor=actor_of(first.author, at=self._at(day)),
            neighbourhood=self._room.neighbourhood,
            words=words,
            messages=[first.pk],
            theme=life["theme"],
            at=self._at(day),
        )
        return made.pk

    def _suggested(self, keys: Iterable[str]) -> int | None:
        """The suggestion that rests on most of these messages, if on more than half of them."""
        wanted = set(self._ids(keys))
        open_ones = Need.objects.of(self._room.neighbourhood_id).filter(state=NeedState.SUGGESTED)
        shared = {
            need.pk: Evidence.objects.filter(need=need, message__in=wanted).count()
            for need in open_ones.exclude(engine_id="")
        }
        best = max(shared, key=lambda one: (shared[one], -one), default=None)
        return best if best is not None and 2 * shared[best] > len(wanted) else None

    def _dismiss(self, need: int, reason: str, day: int) -> None:
        found = Suggestion.objects.filter(need=need, state=Suggestion.State.OPEN).first()
        if found:
            suggestion_dismiss(
                actor=self._actor(MANAGER, day),
                suggestion=found.pk,
                reason=reason,
                at=self._at(day),
            )

    def _listed(self, need: int, life: Mapping[str, Any], day: int) -> None:
        """Merged, on the right messages, worded, on the agenda: a manager's hour."""
        common: dict[str, Any] = {"actor": self._actor(MANAGER, day), "at": self._at(day)}
        for keys in life.get("merged", ()):
            if (other := self._suggested(keys)) and other != need:
                need_merge(**common, needs=[other], into=need)
        about = self._ids(life["about"].split())
        evidence_add(**common, need=need, messages=about)
        sentences = [self._wanted(one) for one in life.get("says", ())]
        if Need.objects.get(pk=need).state == NeedState.SUGGESTED:
            need_accept(**common, need=need, sentences=sentences, theme=life["theme"])
        rest = Evidence.objects.filter(need=need).exclude(message__in=about)
        evidence_remove(**common, need=need, messages=list(rest.values_list("message", flat=True)))

    def _wanted(self, told: Mapping[str, str]) -> Wanted:
        spans = []
        for key in told.keys() - {"text"}:
            message = self._messages[key]
            start = message.body.index(told[key])
            spans.append(Span(message.pk, start, start + len(told[key])))
        return Wanted(tuple(sorted(spans, key=lambda one: one.message)), told.get("text", ""))

    def _supported(self, need: int, *, day: int, people: str) -> None:
        for key in people.split():
            need_support(actor=self._actor(key, day), need=need, at=self._at(day))

    def _asked(self, need: int, *, day: int, body: str) -> None:
        owner = self._people[OFFICIAL].pk
        manager = self._actor(MANAGER, day)
        need_ask(actor=manager, need=need, body=body, owner=owner, at=self._at(day))

    def _answered(self, need: int, *, day: int, outcome: str, reason: str) -> None:
        at = self._at(day)
        writer, reader = self._actor(OFFICIAL, day), self._actor(READER, day)
        response_draft(actor=writer, need=need, outcome=outcome, reason=reason, at=at)
        response_read(actor=reader, need=need, at=at)
        response_publish(actor=writer, need=need, at=at)

    def _step(self, need: int, *, day: int, on: int, text: str, move: str = "add") -> None:
        when = (self._now + timedelta(days=on)).date()
        official = self._actor(OFFICIAL, day)
        STEPS[move](actor=official, need=need, text=text, on=when, at=self._at(day))

    def _contested(
        self,
        need: int,
        *,
        day: int,
        by: str,
        kind: str,
        words: str,
        answer: Mapping[str, Any] | None = None,
    ) -> None:
        resident, at = self._actor(by, day), self._at(day)
        said: Contest = contest_add(actor=resident, need=need, kind=kind, words=words, at=at)
        if answer:
            at = self._at(answer["day"])
            manager = self._actor(MANAGER, answer["day"])
            contest_answer(actor=manager, contest=said.pk, answer=answer["words"], at=at)

    def _ids(self, keys: Iterable[str]) -> Collection[int]:
        return [self._messages[key].pk for key in keys]

    def _at(self, day: int) -> datetime:
        return datetime.combine((self._now - timedelta(days=day)).date(), NOON, self._now.tzinfo)

    def _actor(self, key: str, day: int) -> Actor:
        return actor_of(self._people[key], at=self._at(day))


def _keys() -> list[str]:
    lines = (FOLDER / "conversation.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines]
