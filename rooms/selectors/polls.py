"""How polls stand, and what one answered oneself; votes are not in the log."""

from deliberation.people.actors import Actor
from deliberation.protocol.replies import PollNow
from deliberation.protocol.shapes import MeetingView
from rooms.models import Poll, PollState, Vote


def polls_now(slug: str, ids: set[int] | None = None) -> list[PollNow]:
    """The counts of polls that go on in a room: all, or those of `ids`."""
    going_on = Poll.objects.filter(meeting__room__slug=slug, state=PollState.OPEN)
    found = going_on if ids is None else going_on.filter(pk__in=ids)
    views = [poll.view() for poll in found]
    return [PollNow(poll=view.id, voters=view.voters, counts=view.counts) for view in views]


def votes_of(actor: Actor, meetings: list[MeetingView]) -> dict[str, list[int]]:
    """What this person chose in the polls of these meetings that go on, by poll."""
    going_on = [poll.id for one in meetings for poll in one.polls if poll.state == "open"]
    if actor.id is None or not going_on:
        return {}
    mine = Vote.objects.filter(person_id=actor.id, poll__in=going_on)
    return {str(poll): choice for poll, choice in mine.values_list("poll_id", "choice")}
