"""Forms of managers: keeping conversations in order and setting a room's mode."""

from datetime import datetime, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import TITLE_LIMIT
from rooms.models import Mode, Room, Thread, ThreadState

from .writing import RefForm

LOCAL = "%Y-%m-%dT%H:%M"


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=LOCAL)


class ReasonForm(RefForm):
    reason = forms.CharField(
        label=_("Reason, as everyone can read it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TitleForm(RefForm):
    title = forms.CharField(label=_("Title"), required=False, strip=False)


class MergeForm(ReasonForm):
    into = forms.ModelChoiceField(
        label=_("Merge with"), queryset=Thread.objects.none(), empty_label=_("Choose")
    )
    field_order = ("into", "reason")

    def among(self, thread: Thread) -> "MergeForm":
        """Offer the other open conversations of the room."""
        self.fields["into"].queryset = _others(thread)  # type: ignore[attr-defined]
        return self


class MessageMoveForm(RefForm):
    into = forms.ModelChoiceField(
        label=_("Move to"),
        queryset=Thread.objects.none(),
        required=False,
        empty_label=_("A new conversation"),
    )
    title = forms.CharField(
        label=_("Title of the new conversation"), required=False, max_length=TITLE_LIMIT
    )

    def among(self, thread: Thread) -> "MessageMoveForm":
        """Offer the other open conversations of the room."""
        self.fields["into"].queryset = _others(thread)  # type: ignore[attr-defined]
        return self


class MoveForm(ReasonForm):
    to_room = forms.ModelChoiceField(
        label=_("Move to"), queryset=Room.objects.none(), empty_label=_("Choose")
    )
    field_order = ("to_room", "reason")

    def among(self, rooms: QuerySet[Room]) -> "MoveForm":
        """Offer these rooms."""
        self.fields["to_room"].queryset = rooms  # type: ignore[attr-defined]
        return self


def _others(thread: Thread) -> QuerySet[Thread]:
    return Thread.objects.filter(room=thread.room_id, state=ThreadState.OPEN).exclude(pk=thread.pk)


class ModeForm(ReasonForm):
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode, widget=forms.RadioSelect)
    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        input_formats=[LOCAL],
        widget=MomentInput,
        help_text=_("After this the room opens by itself."),
    )
    slow_seconds = forms.IntegerField(
        label=_("Seconds between two messages of one person"),
        required=False,
        min_value=0,
        help_text=_("Only for slow. Empty: 15 to 60 seconds, longer as more people write."),
    )
    basis = forms.CharField(
        label=_("Legal basis"),
        required=False,
        help_text=_("Only for reading first: the law or the order that allows it."),
    )
    field_order = ("mode", "reason", "until", "slow_seconds", "basis")


class StaffReasonForm(RefForm):
    reason = forms.CharField(
        label=_("Reason, for the other managers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def tomorrow(at: datetime) -> datetime:
    """The same time a day later, on the clock of this place."""
    return timezone.localtime(at + timedelta(days=1)).replace(second=0, microsecond=0)
