"""Stories told by the real services, as the client gets them: before, events, after.

Both folds, Python's and TypeScript's, must get from `before` to `after`. Numbers of rows, refs
and epochs differ from one database to the next, so they are counted anew.
"""

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deliberation.agenda.models import Edit
from deliberation.agenda.services.accepting import need_accept
from deliberation.agenda.services.asking import need_ask
from deliberation.agenda.services.closing import need_close, need_reopen
from deliberation.agenda.services.editing import need_edit
from deliberation.agenda.services.merging import need_merge
from deliberation.agenda.services.progress import need_done, need_start
from deliberation.agenda.services.responses import (
    response_draft,
    response_publish,
    response_read,
)
from deliberation.agenda.services.splitting import need_split
from deliberation.agenda.services.supporting import need_support, need_unsupport
from deliberation.agenda.services.undoing import edit_undo
from deliberation.eventlog.doorbell import Rung
from deliberation.people.models import Person
from deliberation.protocol.events import AnyEvent, AuthorChanged, MessageGone, StaffEvent
from deliberation.protocol.replies import PollNow, TallyNow
from deliberation.protocol.shapes import Author, MessageView, NeedView, Scene, Snapshot, ThreadView
from moderation.services import (
    message_hide,
    message_report,
    message_restore,
    person_ban,
    person_unban,
)
from rooms.models import Agreement, Message, Poll, Room
from rooms.privacy.erasing import erase
from rooms.privacy.renaming import rename
from rooms.selectors import events_after, polls_now, snapshot
from rooms.services import (
    agreement_add,
    agreement_drop,
    floor_add,
    floor_ask,
    floor_end,
    floor_next,
    floor_set,
    hall_correct,
    hall_note,
    hall_withdraw,
    meeting_blank,
    meeting_close,
    meeting_open,
    meeting_plan,
    meeting_screening,
    meeting_show,
    meeting_sort,
    message_edit,
    message_move,
    message_post,
    message_retract,
    poll_close,
    poll_drop,
    poll_hands,
    poll_new,
    poll_open,
    poll_vote,
    room_charter,
    room_mode,
    room_open,
    stance_take,
    thread_close,
    thread_limit,
    thread_merge,
    thread_move,
    thread_open,
    thread_pin,
    thread_rename,
    thread_reopen,
)
from rooms.services.meetings import Point
from tests import given
from tests.agenda.given import a_suggestion
from tests.doing import do
from tests.fakes import Clock
from tests.verify import ALL, fold, fresh, listening

WHY = {"reason": "Gaat over hetzelfde."}
Step = AnyEvent | TallyNow | PollNow


class Case(Struct, kw_only=True):
    """One file. `after` is what a client shows once it has applied `events` to `before`."""

    name: str
    before: Snapshot
    events: list[Step]
    after: Snapshot


@dataclass
class Stage:
    """Two rooms, three people, two threads, and a clock that moves with every command."""

    room: Room
    hof: Room
    fatima: Person
    olaf: Person
    mieke: Person
    light: int
    trees: int
    first: int
    clock: Clock

    def do(self, service: Callable[..., Any], by: Person, **fields: Any) -> int:
        """Carry it out (in the first room unless `room` says otherwise); gives the id."""
        at = self.clock.forward(minutes=1)
        return int(do(service, **({"room": self.room} | fields), by=by, at=at).id)

    def post(self, body: str, *, by: Person | None = None, **fields: Any) -> int:
        wanted = {"thread": self.light, "body": body} | fields
        return self.do(message_post, by or self.fatima, **wanted)

    def act(self, service: Callable[..., Any], by: Person, **fields: Any) -> None:
        """Carry out a service of the agenda."""
        at = self.clock.forward(minutes=1)
        service(actor=given.acting(by, at=at), at=at, **fields)

    def suggested(self, body: str) -> int:
        """A need that says this, and rests on the first message as well; gives its id."""
        message = Message.objects.get(pk=self.post(body))
        first = Message.objects.get(pk=self.first)
        return a_suggestion(self.room, on=[message, first], at=self.clock()).pk


def _stage() -> Stage:
    clock, room, hof = Clock(), given.a_room("plein"), given.a_room("hof")
    fatima, olaf = given.a_resident("Fatima"), given.an_official("Olaf")
    light = given.a_thread(room, "Te weinig licht", by=fatima, body="Het is hier donker.")
    trees = given.a_thread(room, "Meer bomen", by=olaf, kind="idea", body="Waar zou het kunnen?")
    given.a_thread(hof, "Speelplek", by=fatima, kind="activity", body="Wie helpt er mee?")
    first = light.messages.get().pk
    mieke = given.a_manager("Mieke")
    return Stage(room, hof, fatima, olaf, mieke, light.pk, trees.pk, first, clock)


# The stories


def posting(on: Stage) -> None:
    on.post("Ja, vooral bij de brug.", reply_to=on.first)
    on.post("Wij gaan kijken.", by=on.olaf)
    on.post("Plan: 🌳🌳\n\n<b>niet vet</b> & café", thread=on.trees)


def opening_a_thread(on: Stage) -> None:
    fields = {"title": "Oversteek", "kind": "concern", "body": "Gevaarlijk voor kinderen."}
    on.post("Hier ook.", thread=on.do(thread_open, on.olaf, **fields))


def editing_and_retracting(on: Stage) -> None:
    message = on.post("Het licht is stuck")
    on.do(message_edit, on.fatima, message=message, body="Het licht is stuk")
    on.do(message_retract, on.fatima, message=message)


def hiding_and_restoring(on: Stage) -> None:
    message = on.post("Lelijk woord")
    on.do(message_hide, on.mieke, message=message, ground="insult", reason="Scheldwoord.")
    on.do(message_hide, on.mieke, message=on.first, ground="insult", reason="Vergissing.")
    on.do(message_restore, on.mieke, message=on.first, reason="Was een vergissing.")


def taking_stances(on: Stage) -> None:
    on.do(stance_take, on.fatima, message=on.first, value="agree")
    on.do(stance_take, on.olaf, message=on.first, value="unsure")
    on.do(stance_take, on.fatima, message=on.first, value="disagree")
    on.do(stance_take, on.olaf, message=on.first, value="none")


def keeping_a_thread_in_order(on: Stage) -> None:
    thread = {"thread": on.light}
    on.do(thread_rename, on.mieke, **thread, title="Licht op de Kade")
    on.do(thread_close, on.mieke, **thread, reason="Beantwoord.")
    on.do(thread_reopen, on.mieke, **thread)
    until = on.clock() + timedelta(days=1)
    on.do(thread_limit, on.mieke, **thread, daily=3, length=300, until=until, **WHY)


def pinning(on: Stage) -> None:
    thread = {"thread": on.light}
    on.do(thread_pin, on.mieke, **thread, message=on.post("Morgen om zes uur wordt het licht."))
    on.do(thread_pin, on.mieke, **thread, message=on.first)
    on.do(message_move, on.mieke, message=on.first, into=on.trees)
    on.do(thread_pin, on.mieke, thread=on.trees, message=on.first)
    on.do(thread_pin, on.mieke, thread=on.trees, message=None)


def moving_a_message(on: Stage) -> None:
    on.post("Klopt", reply_to=on.first)
    on.do(message_move, on.mieke, message=on.first, into=on.trees)
    on.post("Erna", thread=on.trees)
    on.do(message_move, on.mieke, message=on.first, title="Licht apart")


def merging(on: Stage) -> None:
    on.post("Tussendoor", thread=on.trees)
    on.do(thread_merge, on.mieke, thread=on.light, into=on.trees, **WHY)
    on.post("Erna", thread=on.trees, reply_to=on.first)
    on.do(message_edit, on.fatima, message=on.first, body="Het is er donker.")


def moving(on: Stage) -> None:
    on.do(message_hide, on.mieke, message=on.post("Lelijk"), ground="insult", reason="Scheldwoord.")
    on.do(thread_move, on.mieke, thread=on.light, to_room="hof", **WHY)
    on.do(message_edit, on.fatima, room=on.hof, message=on.first, body="Hier is het donker.")


def moving_and_coming_back(on: Stage) -> None:
    moving(on)
    back = on.hof.threads.get(title="Te weinig licht").pk
    on.do(thread_move, on.mieke, room=on.hof, thread=back, to_room="plein", **WHY)
    on.do(stance_take, on.olaf, message=on.first, value="agree")


def changing_the_mode(on: Stage) -> None:
    until = on.clock() + timedelta(days=1)
    for mode in ("slow", "read_only", "frozen"):
        fields = {"mode": mode, "until": until, "slow_seconds": 30, "reason": "Het liep hoog op."}
        on.do(room_mode, on.mieke, **fields)
    on.do(room_mode, on.mieke, mode="open")


def changing_the_charter(on: Stage) -> None:
    Room.objects.filter(pk=on.room.pk).update(opened_at=None)
    at, actor = on.clock(), given.acting(on.mieke)
    room_open(actor=actor, room=fresh(on.room), at=at)
    question = {"question": "Wat heeft de Kade nu nodig?"}
    room_charter(actor=actor, room=fresh(on.room), charter=question, title="De Kade", at=at)


def banning(on: Stage) -> None:
    until = on.clock() + timedelta(days=1)
    on.do(
        person_ban,
        on.mieke,
        person=on.fatima.pk,
        until=until,
        ground="insult",
        reason="Bleef schelden.",
    )
    on.do(person_unban, on.mieke, person=on.fatima.pk, reason="Excuses gemaakt.")
    on.do(message_report, on.olaf, message=on.first, ground="insult")


def changing_a_name(on: Stage) -> None:
    on.post("Hier ook.", thread=on.trees)
    for name in ("Fatima B.", "Fatima van de Kade"):
        rename(actor=given.acting(on.fatima), name=name, at=on.clock.forward(minutes=1))
        on.post(f"Ik heet nu {name}.")


def erasing(on: Stage) -> None:
    """Words of every kind, and stances both ways."""
    edited, hidden = on.post("Het licht is stuck"), on.post("Lelijk woord")
    on.do(message_edit, on.fatima, message=edited, body="Het licht is stuk")
    on.do(message_hide, on.mieke, message=hidden, ground="insult", reason="Scheldwoord.")
    answer = on.post("Wij gaan kijken.", by=on.olaf, reply_to=on.first)
    on.do(stance_take, on.fatima, message=answer, value="agree")
    on.do(stance_take, on.olaf, message=on.first, value="agree")
    rename(actor=given.acting(on.fatima), name="Fatima B.", at=on.clock.forward(minutes=1))
    erase(actor=given.acting(on.fatima), at=on.clock.forward(minutes=1))


def needs(on: Stage) -> None:
    """A need's whole life; others that are merged, split, closed and taken off again."""
    crossing, lamps, off = (on.suggested(body) for body in ("Een zebrapad.", "Lampen.", "Oeps."))
    for need in (crossing, lamps, off):
        on.act(need_accept, on.mieke, need=need)
    on.act(edit_undo, on.mieke, edit=Edit.objects.latest("pk").pk)
    on.act(need_edit, on.mieke, need=crossing, theme="traffic")
    on.act(need_split, on.mieke, need=crossing, messages=[on.first])
    on.act(need_support, on.fatima, need=crossing, street="Kade")
    on.act(need_unsupport, on.fatima, need=crossing)
    on.act(need_ask, on.mieke, need=crossing, body="staff")
    on.act(need_merge, on.mieke, needs=[lamps], into=crossing)
    answer = {"outcome": "partly", "reason": "Er komt een zebrapad, zonder lampen."}
    on.act(response_draft, on.olaf, need=crossing, **answer)
    on.act(response_read, given.an_official("Otto"), need=crossing)
    on.act(response_publish, on.olaf, need=crossing)
    day = on.clock().date()
    on.act(need_start, on.olaf, need=crossing, text="De tekening ligt er.", on=day)
    on.act(need_done, on.olaf, need=crossing, text="Het ligt er.", on=day)
    other = on.suggested("Een bankje.")
    on.act(need_accept, on.mieke, need=other)
    on.act(need_close, on.mieke, need=other, reason="Het staat er al.")
    on.act(need_reopen, on.mieke, need=other, reason="Het is weer weg.")


def meeting(on: Stage) -> None:
    begins = on.clock() + timedelta(hours=1)
    plan = {"title": "Avond", "place": "Buurthuis", "starts_at": begins}
    plan |= {"ends_at": begins + timedelta(hours=2), "points": [Point("Licht", 20, on.light)]}
    one = {"meeting": on.do(meeting_plan, on.mieke, **plan, rng=random.Random(1))}
    on.do(meeting_plan, on.mieke, **plan | {"title": "Nog een"}, rng=random.Random(2))
    on.do(meeting_open, on.mieke, **one)
    on.do(meeting_show, on.mieke, **one, scene=Scene(kind="thread", thread=on.light))
    on.do(meeting_sort, on.mieke, **one, message=on.first, state="on_screen")
    on.do(meeting_sort, on.mieke, **one, message=on.first, state=None)
    on.do(meeting_screening, on.mieke, **one, screening="approve", delay=5, names=False)
    on.do(floor_set, on.mieke, **one, open=True, seconds=90)
    on.do(floor_ask, on.fatima, **one)
    on.do(floor_add, on.mieke, **one, name="Truus")
    on.do(floor_add, on.mieke, **one)
    on.do(floor_next, on.mieke, **one)
    on.do(floor_next, on.mieke, **one)
    on.do(floor_end, on.mieke, **one)
    asked = {"question": "Waar eerst?", "kind": "single", "options": ["Hier", "Daar"]}
    on.do(poll_new, on.mieke, **one, **asked, live=True)
    on.do(poll_new, on.mieke, **one, **asked | {"kind": "scale"})
    two = {"poll": Poll.objects.earliest("pk").pk}
    on.do(poll_drop, on.mieke, **one, poll=Poll.objects.latest("pk").pk)
    on.do(poll_open, on.mieke, **one, **two)
    on.do(poll_vote, on.fatima, **two, choice=[1])
    on.do(poll_hands, on.mieke, **one, **two, hands=[3, 1])
    on.do(poll_close, on.mieke, **one, **two)
    on.do(poll_open, on.mieke, **one, **two)
    on.do(poll_close, on.mieke, **one, **two)
    agreed = {"words": "Er komt een lamp.", "who": "Jeroen", "due_on": on.clock().date()}
    on.do(agreement_add, on.mieke, **one, **agreed)
    on.do(agreement_add, on.mieke, **one, words="Er komt een bankje.")
    first = Agreement.objects.earliest("pk").pk
    on.do(agreement_drop, on.mieke, **one, agreement=first)
    said = on.do(hall_note, on.mieke, **one, thread=on.light, body="Gezegd.", name="Tafel 3")
    on.do(hall_correct, on.mieke, message=said, body="Gezegd, beter.")
    on.do(hall_withdraw, on.mieke, message=said)
    on.do(meeting_blank, on.mieke, **one, blank=True)
    on.do(meeting_close, on.mieke, **one)


def voting(on: Stage) -> None:
    begins = on.clock() + timedelta(hours=1)
    plan = {"title": "Avond", "place": "Buurthuis", "starts_at": begins, "points": []}
    plan |= {"ends_at": begins + timedelta(hours=2)}
    one = {"meeting": on.do(meeting_plan, on.mieke, **plan, rng=random.Random(1))}
    on.do(meeting_open, on.mieke, **one)
    asked = {"question": "Waar eerst?", "kind": "single", "options": ["Hier", "Daar"]}
    on.do(poll_new, on.mieke, **one, **asked, live=True)
    two = {"poll": Poll.objects.latest("pk").pk}
    on.do(poll_open, on.mieke, **one, **two)
    on.do(poll_vote, on.fatima, **two, choice=[0])
    on.do(poll_vote, on.olaf, **two, choice=[0])
    on.do(poll_vote, on.fatima, **two, choice=[1])


STORIES = (
    posting,
    opening_a_thread,
    editing_and_retracting,
    hiding_and_restoring,
    taking_stances,
    meeting,
    voting,
    keeping_a_thread_in_order,
    pinning,
    moving_a_message,
    merging,
    moving,
    moving_and_coming_back,
    changing_the_mode,
    changing_the_charter,
    banning,
    changing_a_name,
    erasing,
    needs,
)


# Who reads them


def cases(story: Callable[[Stage], None]) -> list[Case]:
    """The story as it is lived, read afterwards, told twice, read in a small window, next door."""
    on, name = _stage(), story.__name__
    room, hof = _whole(on.room), _whole(on.hof)
    window = snapshot(fresh(on.room), size=1)
    with listening() as heard:
        story(on)
    told = [step for rung in heard for step in _steps(rung)]
    streams = {on.hof.public_stream: "hof", on.room.public_stream: "plein"}
    there: list[Step] = []
    here: list[Step] = []
    for rung in heard:
        side = there if streams.get(rung.stream) == "hof" else here
        side += _steps(rung)
    assert len(told) == len(here) + len(there)
    late = [*events_after(fresh(on.room), room.head, stream="public", limit=ALL)]
    counts = [step for step in here if isinstance(step, TallyNow | PollNow)]
    found = [
        _case(name, room, here, _whole(on.room)),
        _case(f"{name}_twice", room, here * 2, _whole(on.room)),
        _case(f"{name}_in_a_window", window, here, fold(window, here)),
    ]
    staff = [step for step in here if isinstance(step, StaffEvent)]
    if (read_late := [*late, *counts, *staff]) != here:
        found.append(_case(f"{name}_read_late", room, read_late, _whole(on.room)))
    if there:
        found.append(_case(f"{name}_next_door", hof, there, _whole(on.hof)))
    return found


def _steps(rung: Rung) -> list[Step]:
    """What a room's readers are told of it; votes are counted afterwards."""
    return [*rung.events, *rung.tallies, *polls_now("plein", set(rung.polls))]


def _whole(room: Room) -> Snapshot:
    return snapshot(fresh(room), size=ALL)


def _case(name: str, before: Snapshot, events: list[Step], after: Snapshot) -> Case:
    assert fold(before, events) == after, name
    return Case(name=name, before=before, events=events, after=after)


# The same text from any database


def text(case: Case) -> str:
    """The case as its file holds it."""
    counted = _Counted(case).all(case)
    return json.dumps(msgspec.to_builtins(counted), ensure_ascii=False, indent=1) + "\n"


class _Counted:
    """Rows keep their order and get the numbers 1, 2, 3 …; refs are named after their place."""

    def __init__(self, case: Case) -> None:
        self.ids: dict[tuple[type[Struct], int], int] = {}
        self.refs: dict[UUID, UUID] = {}
        self._seen: set[tuple[type[Struct], int]] = set()
        self._look([case.before, *case.events, case.after])
        for kind in (Author, MessageView, NeedView, ThreadView):
            of_kind = sorted(row for seen, row in self._seen if seen is kind)
            self.ids |= {(kind, row): number for number, row in enumerate(of_kind, 1)}

    def all(self, case: Case) -> Case:
        return self._new(case)

    def _look(self, things: Iterable[Any]) -> None:
        for thing in things:
            for kind, _, row in self._named(thing):
                self._seen.add((kind, row))
            if isinstance(thing, NeedView):
                self._seen.update((ThreadView, thread) for thread in thing.threads)
            if isinstance(thing, MessageView):
                self.refs.setdefault(thing.ref, given.a_ref("fold", len(self.refs)))
            self._look(_inside(thing))

    def _new(self, thing: Any) -> Any:
        if isinstance(thing, list):
            return [self._new(item) for item in thing]
        if not isinstance(thing, Struct):
            return thing
        fields = {name: self._new(getattr(thing, name)) for name in thing.__struct_fields__}
        fields |= {name: self.ids[kind, row] for kind, name, row in self._named(thing)}
        if isinstance(thing, MessageView):
            fields["ref"] = self.refs[thing.ref]
        if isinstance(thing, NeedView):
            fields["threads"] = [self.ids[ThreadView, thread] for thread in thing.threads]
        if isinstance(thing, Snapshot):
            fields["epoch"] = "0" * 32
        return replace(thing, **fields)

    @staticmethod
    def _named(thing: Any) -> list[tuple[type[Struct], str, int]]:
        """Which of its fields are numbers of rows."""
        names: dict[str, type[Struct]] = {}
        if isinstance(thing, Author):
            names = {"id": Author}
        elif isinstance(thing, MessageView):
            names = {"id": MessageView, "thread": ThreadView, "reply_to": MessageView}
        elif isinstance(thing, ThreadView):
            names = {"id": ThreadView, "merged_into": ThreadView}
        elif isinstance(thing, NeedView):
            names = {"id": NeedView}
        elif isinstance(thing, AuthorChanged):
            names = {"author": Author}
        elif isinstance(thing, MessageGone | TallyNow):
            names = {"message": MessageView}
        found = [(kind, name, getattr(thing, name)) for name, kind in names.items()]
        return [(kind, name, row) for kind, name, row in found if row is not None]


def _inside(thing: Any) -> list[Any]:
    if isinstance(thing, list):
        return thing
    if isinstance(thing, Struct):
        return [getattr(thing, name) for name in thing.__struct_fields__]
    return []
