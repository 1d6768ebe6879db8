"""What a manager does to make room for everyone in a conversation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import MESSAGE_LIMIT
from rooms.models import Message, MessageState, Thread
from rooms.services.balance import LEAST_LENGTH, MOST_DAILY

from .managing import LOCAL, MomentInput, ReasonForm
from .writing import RefForm

NEWEST = 50  # messages to choose from


class MessageChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A message by who wrote it and how it begins."""

    def label_from_instance(self, obj: Any) -> str:
        name = obj.author.name if obj.author else _("Someone")
        words = obj.body if len(obj.body) <= 60 else f"{obj.body[:59]}…"
        return f"{name}: {words}"


class LimitsForm(ReasonForm):
    daily = forms.IntegerField(
        label=_("Messages a day for each person"), required=False, min_value=1, max_value=MOST_DAILY
    )
    length = forms.IntegerField(
        label=_("Characters in a message"),
        required=False,
        min_value=LEAST_LENGTH,
        max_value=MESSAGE_LIMIT,
    )
    answers_to = MessageChoice(
        label=_("Only answers to this question"),
        queryset=Message.objects.none(),
        required=False,
        empty_label=_("No, everything may be said"),
    )
    until = forms.DateTimeField(
        label=_("Until"), required=False, input_formats=[LOCAL], widget=MomentInput
    )
    field_order = ("daily", "length", "answers_to", "reason", "until")

    def among(self, thread: Thread) -> "LimitsForm":
        """Offer the newest questions of staff in it."""
        asked = _shown(thread).exclude(author__roles=[])
        self.fields["answers_to"].queryset = _newest(asked)  # type: ignore[attr-defined]
        return self


class InviteForm(RefForm):
    message = MessageChoice(
        label=_("What do you ask about?"), queryset=Message.objects.none(), empty_label=None
    )

    def among(self, thread: Thread) -> "InviteForm":
        """Offer the newest messages in it."""
        self.fields["message"].queryset = _newest(_shown(thread))  # type: ignore[attr-defined]
        return self


def _shown(thread: Thread) -> QuerySet[Message]:
    return thread.messages.filter(state=MessageState.SHOWN, author__isnull=False)


def _newest(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Not sliced: a form looks its choice up by filtering."""
    newest = list(messages.order_by("-seq").values_list("pk", flat=True)[:NEWEST])
    return messages.filter(pk__in=newest).select_related("author").order_by("-seq")
