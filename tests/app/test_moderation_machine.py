"""Ten thousand random steps of moderation, each beside a pure model that says what must be."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from moderation import ledger, services
from moderation.models import Appeal, Case, Decision, Hearing
from moderation.services.holding import holds_release
from rooms.models import Message, Room
from rooms.services import message_post, message_retract
from tests import given
from tests.fakes import EVENING

from .moderated import APPEALABLE, UNDOABLE, Ruling, Told, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WALKS, STEPS = 10, 1000
LOOKS = 10  # steps between two looks at everything
SENSE = 0.7  # how often an act is one that fits
STATES = {"agree": "second", "refuse": "second", "reopen": "closed"}
LATELY = 4  # messages, cases and decisions that something still happens to
WORDS = {
    "plain": "Een bankje onder de linde.",
    "critical": "De gemeente luistert niet.",
    "threat": "Ik steek je huis in brand.",
}
GROUNDS = ("insult", "threat", "off_topic", "personal_data")
WHY = "Gezien en besproken."


class Walk:
    """One room, three writers and three managers, and the model beside them."""

    def __init__(self, seed: int) -> None:
        self.dice, self.at = random.Random(seed), EVENING
        self.room: Room = given.a_room("kade")
        self.thread = given.a_thread(self.room, by=given.a_manager("Mieke"))
        self.residents = [given.a_resident(name) for name in ("Fatima", "Boos", "Roos")]
        self.managers = [given.a_manager(name) for name in ("Mo", "Ada", "Jan")]
        self.world = World()
        self.doing, self.done, self.refused = "", Counter[str](), Counter[str]()

    def step(self) -> None:
        """Do something anyone could think of."""
        self.at += timedelta(seconds=self.dice.choice((1, 1, 2, 3, 5, 30, 240, 900)))
        acts = [(name, act) for name, act, about in self._acts() if about]
        self.doing, act = self.dice.choice(acts)
        act()

    def _acts(self) -> Iterator[tuple[str, Callable[[], None], object]]:
        world = self.world
        yield "post", self.post, True
        yield "time", self.time, True
        for name in ("report", "hide", "redact", "restore", "retract"):
            yield name, getattr(self, name), world.told
        yield "hear", self.hear, world.matters
        for name in ("claim", "release", "leave", "warn", "ask", "agree", "refuse", "reopen"):
            yield name, lambda name=name: self.case(name), world.matters
        yield "undo", self.undo, world.rulings
        yield "plead", self.plead, world.rulings
        yield "answer", self.answer, world.pleas
        yield "ban", self.ban, True
        yield "unban", self.unban, True

    def pick(self, every: list[Any]) -> Any:
        return self.dice.choice(every[-LATELY:])

    def likely(self, every: list[Any], fits: Callable[[Any], bool]) -> Any:
        """One for which the act is more often accepted than not."""
        fitting = [one for one in every if fits(one)] if self.dice.random() < SENSE else []
        return self.pick(fitting or every)

    def expect(self, accepted: bool, service: Callable[..., Any], by: Person, **fields: Any) -> Any:
        """The service says what the model said. A refusal changes nothing, as `settle` sees."""
        work = partial(service, actor=given.acting(by, at=self.at), room=self.room, at=self.at)
        if not accepted:
            with pytest.raises(Refused):
                work(**fields)
            self.refused[self.doing] += 1
            return None
        self.done[self.doing] += 1
        return work(**fields)

    def post(self) -> None:
        by, kind = self.pick(self.residents), self.dice.choice(list(WORDS))
        accepted = self.world.post(by.pk, kind, self.at)
        fields = {"ref": new_ref(), "thread": self.thread.pk, "body": WORDS[kind]}
        answer = self.expect(accepted, message_post, by, **fields)
        if answer:
            self.world.told[-1].id = answer.id

    def time(self) -> None:
        self.world.time(self.at)
        holds_release(at=self.at)

    def report(self) -> None:
        by, about = self.pick(self.residents + self.managers), self.pick(self.world.told)
        # Staff may report as often as they like, which the model does not know.
        by = self.pick(self.residents) if by in self.managers else by
        accepted = self.world.report(by.pk, about, self.at)
        fields = {"ref": new_ref(), "message": about.id, "ground": self.dice.choice(GROUNDS)}
        self.expect(accepted, services.message_report, by, **fields)

    def hide(self) -> None:
        by, about = self.pick(self.managers), self.likely(self.world.told, lambda one: one.stands)
        ground, marked = self.dice.choice(GROUNDS), self.dice.random() < 0.3
        accepted = self.world.hide(by.pk, about, ground, marked, self.at)
        fields = {"message": about.id, "ground": ground, "reason": WHY, "criticism": marked}
        self.expect(accepted, services.message_hide, by, ref=new_ref(), **fields)

    def redact(self) -> None:
        by, about = self.pick(self.managers), self.likely(self.world.told, lambda one: one.stands)
        known = Message.objects.get(pk=about.id).body.split()
        piece = known[0] if known else "niets"
        accepted = self.world.redact(by.pk, about, self.at)
        fields = {"message": about.id, "words": piece, "reason": WHY}
        self.expect(accepted, services.message_redact, by, ref=new_ref(), **fields)

    def restore(self) -> None:
        by, about = self.pick(self.managers), self.pick(self.world.told)
        accepted = self.world.restore(by.pk, about, self.at)
        fields = {"ref": new_ref(), "message": about.id, "reason": WHY}
        self.expect(accepted, services.message_restore, by, **fields)

    def retract(self) -> None:
        by, about = self.pick(self.residents), self.pick(self.world.told)
        accepted = self.world.retract(by.pk, about, self.at)
        self.expect(accepted, message_retract, by, ref=new_ref(), message=about.id)

    def case(self, name: str) -> None:
        by, state = self.pick(self.managers), STATES.get(name, "open")
        case = self.likely(self.world.matters, lambda one: one.state == state)
        accepted = getattr(self.world, name)(by.pk, case, self.at)
        more: dict[str, Any] = {
            "leave": {"reason": WHY},
            "warn": {"ground": "insult", "reason": WHY},
            "refuse": {"reason": WHY},
            "reopen": {"reason": WHY},
            "ask": {"words": "Wat bedoelde je?"},
        }.get(name, {})
        kind = "proposal" if name in ("agree", "refuse") else "case"
        service = getattr(services, f"{kind}_{name}")
        self.expect(accepted, service, by, ref=new_ref(), case=case.id, **more)

    def hear(self) -> None:
        case = self.likely(self.world.matters, lambda one: one.asking)
        by = self.pick([one for one in self.residents if one.pk == case.about.author])
        by = by if self.dice.random() < SENSE else self.pick(self.residents)
        accepted = self.world.hear(by.pk, case)
        asked = Hearing.objects.filter(case=case.id).last()
        fields = {"hearing": asked.pk if asked else 0, "words": "Het was een grap."}
        self.expect(accepted, services.hearing_answer, by, ref=new_ref(), **fields)

    def undo(self) -> None:
        ruling = self.likely(self.world.rulings, lambda one: one.act in UNDOABLE and not one.undone)
        by = next((one for one in self.managers if one.pk == ruling.by), self.managers[0])
        accepted = self.world.undo(by.pk, ruling, self.at)
        puid = Decision.objects.get(pk=ruling.id).puid
        self.expect(accepted, services.decision_undo, by, ref=new_ref(), decision=puid)

    def plead(self) -> None:
        ruling = self.likely(self.world.rulings, lambda one: one.act in APPEALABLE)
        concerned = [one for one in self.residents if one.pk in ruling.concerned()]
        by = self.pick(concerned or self.residents)
        accepted = self.world.plead(by.pk, ruling, self.at)
        puid = Decision.objects.get(pk=ruling.id).puid
        self.expect(accepted, services.appeal_make, by, decision=puid, words="Niet mee eens.")

    def answer(self) -> None:
        by, plea = self.pick(self.managers), self.pick(self.world.pleas)
        grant = self.dice.random() < 0.5
        accepted = self.world.answer(by.pk, plea, grant, self.at)
        fields = {"appeal": plea.id, "grant": grant, "answer": WHY}
        self.expect(accepted, services.appeal_decide, by, **fields)

    def ban(self) -> None:
        by, person = self.pick(self.managers), self.pick(self.residents)
        if self.dice.random() < 0.7:
            return
        accepted = self.world.ban(by.pk, person.pk, self.at)
        until = self.at + timedelta(hours=1)
        fields = {"person": person.pk, "ground": "insult", "reason": WHY, "until": until}
        self.expect(accepted, services.person_ban, by, ref=new_ref(), **fields)

    def unban(self) -> None:
        by, person = self.pick(self.managers), self.pick(self.residents)
        accepted = self.world.unban(by.pk, person.pk, self.at)
        fields = {"person": person.pk, "reason": WHY}
        self.expect(accepted, services.person_unban, by, ref=new_ref(), **fields)

    def name(self) -> None:
        """What is new gets its id from the database, where there is as much as the model has."""
        self._name(Case, self.world.matters)
        self._name(Decision, self.world.rulings)
        self._name(Appeal, self.world.pleas)

    @staticmethod
    def _name(kind: Any, every: list[Any]) -> None:
        last = max([0, *(one.id for one in every)])
        found = kind.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        for one, pk in zip([one for one in every if not one.id], found, strict=True):
            one.id = pk

    def settle(self) -> None:
        """Everything stands as the model says."""
        world = self.world
        ours = Message.objects.filter(thread=self.thread).order_by("pk")[1:]
        assert [_message(one) for one in ours] == [_told(one) for one in world.told]
        assert [_case(one) for one in Case.objects.order_by("pk")] == [
            (one.id, one.about.id, one.state) for one in world.matters
        ]
        decided = Decision.objects.prefetch_related("undone_by").order_by("pk")
        assert [_decision(one) for one in decided] == [_ruling(one) for one in world.rulings]


def _message(one: Message) -> tuple[int, str, datetime | None]:
    return one.pk, "held" if one.is_held else one.state, one.until


def _told(one: Told) -> tuple[int, str, datetime | None]:
    return one.id, one.state, one.until


def _case(one: Case) -> tuple[int, int, str]:
    return one.pk, one.message_id, one.state


def _decision(one: Decision) -> tuple[object, ...]:
    undone = bool(one.undone_by.all())
    return one.pk, one.act, one.by_id, one.message_id, one.person_id, one.case_id, undone


def _ruling(one: Ruling) -> tuple[object, ...]:
    about, case = one.about and one.about.id, one.case and one.case.id
    return one.id, one.act, one.by, about, one.person, case, one.undone


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_is_done_in_whatever_order_all_stands_as_the_model_says(seed: int) -> None:
    walk = Walk(seed)
    for number in range(STEPS):
        walk.step()
        walk.name()
        if number % LOOKS == 0:
            walk.settle()
    walk.settle()
    assert ledger.verify().flaw is None
    assert len(walk.done) >= 17  # each of the acts was accepted, and refused
    assert len(walk.refused) >= 16
