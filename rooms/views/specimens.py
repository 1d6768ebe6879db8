"""Made-up people and words: what the styleguide shows. Nothing of it is stored anywhere."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from deliberation.kernel.ids import derived_ref
from deliberation.protocol.shapes import (
    Author,
    Badge,
    CharterView,
    MeetingView,
    MessageView,
    Mode,
    NeedState,
    NeedView,
    RoomView,
    Scene,
    Tally,
    ThreadLimits,
    ThreadView,
    You,
)
from rooms.forms.writing import ComposerForm, ThreadForm

from .rows import Quote, Row

AT = datetime(2026, 11, 4, 19, 42, tzinfo=UTC)
BADGES: tuple[Badge, ...] = ("manager", "official", "council", "administrator")
TALLY = Tally(agree=12, disagree=3, unsure=1)
_ME, _NEIGHBOUR = Author(id=1, name="Fatima"), Author(id=2, name="Henk")


def charter() -> CharterView:
    return CharterView(
        purpose=_("We make the square a nice place for everyone."),
        question=_("What does our square need?"),
        influence="advise",
        outcome=_("The municipality answers each proposal."),
        decided_by=_("The alderman"),
        decided_when=_("Before the summer"),
        house_rules="2026-1",
        moderators="Mieke",
    )


def room(mode: Mode = "open") -> RoomView:
    return RoomView(
        slug="voorbeeld",
        title=_("The square"),
        neighbourhood="kade",
        charter=charter(),
        mode=mode,
        mode_reason=None if mode == "open" else _("Tempers ran high."),
        mode_until=None if mode == "open" else AT + timedelta(hours=2),
        mode_basis=_("Order of the mayor of 12 March.") if mode == "checked" else None,
        slow_seconds=60 if mode == "slow" else 0,
    )


def thread() -> ThreadView:
    title = _("A bench under the lime tree")
    return ThreadView(id=1, title=title, kind="idea", opened_at=AT, messages=12)


def needs() -> list[NeedView]:
    """One in each state that a conversation shows."""
    states: tuple[NeedState, ...] = ("on_agenda", "asked", "answered", "under_way")
    title = _("A bench under the lime tree")
    return [
        NeedView(id=number, kenmerk=f"BH-2026-{number:04}", title=title, state=state, people=12)
        for number, state in enumerate(states, 1)
    ]


def meetings() -> list[MeetingView]:
    return [
        MeetingView(
            id=1,
            title=_("A bench under the lime tree"),
            place=_("Community centre"),
            starts_at=AT,
            ends_at=AT + timedelta(hours=2),
            phase="open",
            code="K7MC4Q",
            scene=Scene(kind="welcome"),
        )
    ]


def limits() -> ThreadLimits:
    return ThreadLimits(
        reason=_("So that everyone gets a turn."),
        until=AT + timedelta(days=2),
        daily=3,
        length=500,
        answers_to=1,
    )


def you(*, banned: bool = False) -> You:
    until = AT + timedelta(days=2) if banned else None
    return You(id=1, name=_ME.name, may=[], banned_until=until)


def quote(*, gone: bool = False) -> Quote:
    words = _("A bench would be nice. Then my mother can rest on her way.")
    return Quote(2 if gone else 1, _NEIGHBOUR.name, None if gone else words)


def messages() -> Iterator[tuple[str, Row]]:
    """Each state of a message, with its name."""
    numbers, body = count(1), _("A bench would be nice. Then my mother can rest on her way.")

    def row(name: str, **fields: Any) -> tuple[str, Row]:
        number = next(numbers)
        of_row = {
            key: fields.pop(key)
            for key in ("quote", "stance", "mine", "may_edit", "follows", "kenmerk")
            if key in fields
        }
        told: dict[str, Any] = {"author": _NEIGHBOUR, "body": body} | fields
        ref = derived_ref("specimen", number)
        view = MessageView(id=number, ref=ref, thread=1, seq=number, at=AT, **told)
        usual: dict[str, Any] = dict.fromkeys(("mine", "may_edit", "follows"), False)
        usual |= {"quote": None, "stance": "none", "day": None}
        return name, Row(view=view, **(usual | of_row))

    yield row(_("Someone else's"))
    yield row(_("The same person goes on"), follows=True, body=_("With a back, please."))
    yield row(_("Your own"), author=_ME, mine=True, may_edit=True)
    yield row(_("With numbers, and your own opinion"), tally=TALLY, stance="agree")
    yield row(_("An answer"), quote=quote())
    yield row(_("An answer to what is gone"), quote=quote(gone=True))
    yield row(_("Changed"), edited_at=AT)
    yield row(_("On the agenda"), kenmerk="BH-2026-0001")
    for badge in BADGES:
        yield row(_("From staff"), author=Author(id=9, name="Mieke", badge=badge))
    yield row(_("Spoken in the room"), origin="room")
    yield row(_("On paper"), origin="paper")
    yield row(_("Imported"), origin="import", author=None)
    yield row(_("One very long word"), body="Zonnebloempitten" * 12)
    yield row(_("From right to left"), body="مرحبا بالجميع، فكرة جميلة.")


def tombstones() -> Iterator[tuple[str, Row]]:
    """Each way in which a message is gone, with its name."""
    told: list[tuple[str, dict[str, Any]]] = [
        (_("Taken back"), {"state": "retracted"}),
        (_("Hidden, with the reason"), {"state": "hidden", "ground": "insult"}),
        (_("Held back for a while"), {"state": "hidden", "ground": "threat", "until": AT}),
        (_("Erased"), {"state": "erased"}),
    ]
    for number, (name, fields) in enumerate(told, 101):
        ref = derived_ref("specimen", number)
        view: Any = {"id": number, "ref": ref, "thread": 1, "seq": number, "at": AT}
        gone = MessageView(**view, **fields)
        yield name, Row(gone, None, "none", None, mine=False, may_edit=False, follows=False)


def composers() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each state of the composer, with its name."""
    kept = {"body": _("What I wrote stays here.")}
    blank, typed = ComposerForm(auto_id=False), ComposerForm(kept, auto_id=False)
    yield _("Ready"), {"composer": blank}
    yield _("For who has no name yet"), {"composer": blank, "join_needed": True}
    yield _("With an answer"), {"composer": blank, "answering": quote()}
    refused = _("That is going very fast. Wait 5 seconds and try again. Your text is kept.")
    yield _("Refused: the text is kept"), {"composer": typed, "refusal": refused}


def form() -> ThreadForm:
    """A form with something wrong in it."""
    found = ThreadForm({"title": "", "kind": "", "body": _("With a back, please.")})
    found.add_error("title", _("This can't be empty. Fill it in first."))
    return found
