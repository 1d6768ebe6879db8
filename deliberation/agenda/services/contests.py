"""Residents who say that a need is not told right, and the answer they get.

What they write is read by staff alone; how often it was said, and each answer, by everyone.
"""

from datetime import datetime

from deliberation.agenda import access
from deliberation.agenda.models import Contest, NeedNotice, NeedSentence, NeedState
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line, passage
from deliberation.people.actors import Actor

from .holding import NOT_LISTED, holding, require_state
from .telling import tell_people

ANSWER_LIMIT = 2000  # characters
_LIVE = tuple(set(NeedState) - {NeedState.SUGGESTED, NeedState.CLOSED})


def contest_add(
    *,
    actor: Actor,
    need: int | str,
    kind: str,
    words: str,
    at: datetime,
    sentence: int | None = None,
) -> Contest:
    """Say that one's point is missing, or that a sentence (by id) is not right."""
    with holding(actor, need, to=Action.CONTEST, at=at) as (_, found):
        require_state(found, _LIVE, NOT_LISTED)
        about = found.sentences.filter(pk=sentence).first() if sentence else None
        _require_clear(kind, sentence, about)
        said = Contest.objects.filter(
            need=found, person=actor.person, kind=kind, sentence=about, answered_at=None
        )
        if said.exists():
            raise Refused(
                "said_already",
                gettext_noop("You said this already. You hear of it when there is an answer."),
            )
        return Contest.objects.create(
            need=found,
            sentence=about,
            kind=kind,
            words=line(words, limit=REASON_LIMIT),
            person_id=actor.person,
            at=at,
        )


def contest_answer(*, actor: Actor, contest: int, answer: str, at: datetime) -> Contest:
    """Answer it, for everyone to read; who said it is told."""
    need = Contest.objects.filter(pk=contest).values_list("need", flat=True).first()
    if need is None:
        raise access.no_need()
    with holding(actor, need, to=Action.CONTEST_ANSWER, at=at) as (_, found):
        said = Contest.objects.select_for_update(of=("self",)).get(pk=contest)
        if said.answered_at is not None:
            raise Refused(
                "answered", gettext_noop("A colleague answered this already. Reload the page.")
            )
        line(answer, limit=ANSWER_LIMIT)
        said.answer, said.answered_at = passage(answer, limit=ANSWER_LIMIT), at
        said.answered_by_id = actor.id
        said.save(update_fields=["answer", "answered_at", "answered_by"])
        if said.person_id is not None:
            tell_people(found, NeedNotice.Kind.CONTEST, said.pk, [said.person_id], at=at)
        return said


def _require_clear(kind: str, sentence: int | None, about: NeedSentence | None) -> None:
    if kind not in Contest.Kind:
        raise Refused("no_kind", gettext_noop("Say first what is not right."))
    if about is None and (sentence is not None or kind == Contest.Kind.WRONG):
        raise Refused(
            "no_sentence",
            gettext_noop("This sentence is not there any more. Look at what is there now."),
        )
