"""Bringing the agenda up to date while someone waits for it."""

from django.urls import reverse
from tqdm import tqdm

from deliberation.agenda.follow import agenda_follow
from deliberation.kernel.clock import now
from rooms.models import Neighbourhood


def catch_up() -> None:
    """Follow every room to its end, with a progress bar."""
    with tqdm(unit="message", desc="agenda", disable=None) as bar:
        agenda_follow(at=now(), grown=bar.update)


def agenda_address(room: str) -> str:
    """The path of the agenda that a room's needs are on. Raises DoesNotExist."""
    return reverse("agenda", args=[Neighbourhood.objects.get(rooms__slug=room).slug])
