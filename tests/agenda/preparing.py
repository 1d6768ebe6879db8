"""Needs in every state that pages about answers show, made in one go."""

from datetime import datetime, timedelta

from deliberation.agenda.models import NeedState
from deliberation.agenda.services.asking import need_ask
from deliberation.agenda.services.contests import contest_add, contest_answer
from deliberation.agenda.services.responses import response_draft
from deliberation.agenda.services.supporting import need_support
from deliberation.people.models import Person
from rooms.models import Room
from tests import given

from .doing import do
from .given import a_milestone, a_need, an_answer, said


def owed(room: Room, *, manager: Person, resident: Person, at: datetime) -> dict[str, int | str]:
    """A need that is late, with a draft and what is not right; one that may be supported, and one
    with an answer. Their kenmerken, a sentence and a contest."""
    late = a_need(room, said(room, at=at), at=at)
    long_ago = at - timedelta(days=60)
    do(need_ask, by=manager, need=late.pk, body="staff", at=long_ago)
    official = given.an_official("Olaf van de gemeente")
    half = {"outcome": "not", "reason": "Er is nu geen geld voor een zebrapad."}
    do(response_draft, by=official, need=late.pk, at=at, **half)
    wrong = {"need": late.pk, "kind": "missing", "at": at}
    open_one = do(contest_add, by=resident, words="En de stoep dan?", **wrong)
    other = do(contest_add, by=given.a_resident("Bram"), words="Er staat geen school.", **wrong)
    answer = "Je hebt gelijk. We hebben het veranderd."
    do(contest_answer, by=manager, contest=other.pk, answer=answer, at=at)
    young = a_need(room, said(room, at=at), at=at)
    do(need_support, by=resident, need=young.pk, street="Kade", at=at)
    promised = a_need(room, said(room, at=at), state=NeedState.ANSWERED, at=at)
    an_answer(promised, kenmerk="BH-2026-9001", link="https://kade.test/besluit", at=at)
    a_milestone(promised, on=at.date(), at=at)
    sentence = young.sentences.last()
    return {
        "late": str(late.kenmerk),
        "young": str(young.kenmerk),
        "promised": str(promised.kenmerk),
        "sentence": sentence.pk if sentence else 0,
        "contest": open_one.pk,
    }
