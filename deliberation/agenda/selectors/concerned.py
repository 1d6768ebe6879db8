"""Whom a need concerns: who hears of its answer."""

from deliberation.agenda.models import Evidence, Follow, Need, Support
from rooms.models import MessageState


def concerned(need: Need) -> list[int]:
    """Who said it or agreed with it, supports it, proposed it, or follows it; by id."""
    said = Evidence.objects.filter(need=need, message__state=MessageState.SHOWN)
    people = {
        *said.values_list("message__author", flat=True),
        *Support.objects.filter(need=need).values_list("person", flat=True),
        *Follow.objects.filter(need=need).values_list("person", flat=True),
        need.proposed_by_id,
    }
    return sorted(person for person in people if person is not None)
