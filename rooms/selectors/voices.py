"""Who holds how much of the floor in a conversation. For managers: it names people."""

from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Length

from rooms.models import MessageState, Thread


@dataclass(frozen=True)
class Voice:
    """`share`: of all characters that residents wrote here, 0 to 1."""

    name: str
    messages: int
    share: float


def voices(thread: Thread) -> list[Voice]:
    """Residents, who said most first. Staff are left out: answering is their work."""
    shown = thread.messages.filter(state=MessageState.SHOWN, author__roles=[])
    rows = list(
        shown.order_by()
        .values_list("author__name")
        .annotate(messages=Count("pk"), size=Sum(Length("body")))
        .order_by("-size", "author__name")
        .values_list("author__name", "messages", "size")
    )
    whole = sum(size for _, _, size in rows) or 1
    return [Voice(name, messages, size / whole) for name, messages, size in rows]
