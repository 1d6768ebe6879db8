"""Ringing for the hubs of other processes, where this one has none."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from deliberation.eventlog import doorbell
from deliberation.eventlog.doorbell import Rung
from deliberation.live.bells import GROUP


def ring_for_others() -> None:
    """From now on tell every process what is written here. One that is not heard costs seconds:
    hubs look in the database as well."""
    doorbell.listen(_ring)


def _ring(rung: Rung) -> None:
    bell = {"type": "bell", "process": "worker", "kind": "head"}
    found = {"stream": rung.stream, "head": rung.head}
    async_to_sync(get_channel_layer().group_send)(GROUP, bell | found)
