"""The writer's own side of it, asked before someone decides. Nobody has to answer."""

from datetime import datetime, timedelta
from uuid import UUID

from deliberation.eventlog.log import writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import message_text
from deliberation.people.actors import Actor
from moderation.lifecycle import Step, after
from moderation.models import Case, Hearing
from rooms import access
from rooms.models import Room
from rooms.notices.news import news_store
from rooms.rights import Action

from .cases import case_for, changed, passage_of, require_unclaimed, weigh

ANSWER_WITHIN = timedelta(hours=24)


def case_ask(*, actor: Actor, room: Room, ref: UUID, case: int, words: str, at: datetime) -> Done:
    """Ask the writer, who has a day. The case can wait so long, unless its message is held back."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        found = case_for(actor, room, case, at=at)
        require_unclaimed(actor, found, at=at)
        after(Step.ASK, found.state)
        writer = _writer(found)
        if waiting := found.hearings.filter(answered_at=None).first():
            raise Refused(
                "asked",
                gettext_noop("The writer was asked already, and has until %(until)s to answer."),
                values={"until": waiting.due_at},
            )
        question = passage_of(words)
        Hearing.objects.create(
            case=found,
            person_id=writer,
            by_id=actor.id,
            words=question,
            at=at,
            due_at=at + ANSWER_WITHIN,
            notice=next(iter(news_store([writer], at=at)), None),
        )
        weigh(found)
        return changed(log, room, found, actor=actor, ref=ref, at=at)


def hearing_answer(
    *, actor: Actor, room: Room, ref: UUID, hearing: int, words: str, at: datetime
) -> Done:
    """What the writer says of it; only the managers read it. Once, until it is decided."""
    with writing() as log:
        if done := log.done(room.staff_stream, actor.id, ref):
            return done
        access.require(actor, room, to=Action.APPEAL, at=at)
        found = hearing_for(actor, room, hearing)
        after(Step.ASK, found.case.state)
        if found.answered_at is not None:
            raise Refused("answered", gettext_noop("You answered this already. We read it."))
        found.answer, found.answered_at = message_text(words), at
        found.save(update_fields=["answer", "answered_at"])
        weigh(found.case)
        return changed(log, room, found.case, actor=actor, ref=ref, at=at)


def hearing_for(actor: Actor, room: Room, hearing: int) -> Hearing:
    """A question to this person about a message in this room. Raises Refused."""
    hearings = Hearing.objects.select_related("case__message__author")
    found = hearings.filter(pk=hearing, case__message__room=room, person=actor.id).first()
    if actor.id is None or found is None:
        raise Refused("no_hearing", gettext_noop("There is no question to you at this address."))
    return found


def _writer(case: Case) -> int:
    author = case.message.author
    if author is None or author.is_staff_member or not case.message.body:
        raise Refused("no_person", gettext_noop("There is no resident to ask about this."))
    return author.pk
