"""Where a day begins in a conversation."""

from datetime import datetime

from rooms.models import Message, Thread


def first_since(thread: Thread, moment: datetime) -> Message | None:
    """The first message, in the order of the conversation, that was written then or later."""
    messages = Message.objects.filter(thread=thread, at__gte=moment)
    return messages.order_by("seq").first()
