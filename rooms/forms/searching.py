"""Forms that only look: what to search for, and a day to go to. Nothing here is stored."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import NAME_LIMIT
from rooms.models import Room, Thread, ThreadKind, ThreadState
from rooms.search.query import LIMIT, parsed
from rooms.search.selector import Wanted

NEWEST, BEST = "new", "best"


class DayField(forms.DateField):
    """A day, picked or typed as 2026-11-01 or 1-11-2026."""

    def __init__(self, label: Any, *, required: bool = False) -> None:
        super().__init__(
            label=label,
            required=required,
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={
                "invalid": _("We don't know this day. Write it like this: 1-11-2026."),
                "required": _("Choose a day first."),
            },
        )


class SearchForm(forms.Form):
    """`from` and `to` are words of Python and of addresses; both days count."""

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        max_length=LIMIT,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
        error_messages={"max_length": _("This is too long to search for. Use a few words.")},
    )
    thread = forms.ModelChoiceField(
        label=_("Conversation"),
        queryset=Thread.objects.none(),
        required=False,
        empty_label=_("All conversations"),
        error_messages={"invalid_choice": _("This conversation is not in this room.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of conversation"),
        required=False,
        choices=[("", _("All kinds")), *ThreadKind.choices],
        error_messages={"invalid_choice": _("We don't know this kind. Choose one of the list.")},
    )
    person = forms.CharField(
        label=_("Name of the writer"),
        required=False,
        max_length=NAME_LIMIT,
        error_messages={"max_length": _("No name is this long. Make it shorter.")},
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: QueryDict | None, room: Room) -> None:
        super().__init__(data)
        self.fields["from"] = DayField(_("From this day"))
        self.fields["to"] = DayField(_("Up to and including this day"))
        self.order_fields(["q", "person", "thread", "kind", "from", "to", "sort"])
        listed = (ThreadState.OPEN, ThreadState.CLOSED)
        choices = Thread.objects.filter(room=room, state__in=listed).order_by("-last_seq")
        self.fields["thread"].queryset = choices  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        asked = str(self.cleaned_data["q"])
        if asked and not parsed(asked).terms:
            raise forms.ValidationError(_("We can only search for words and numbers."))
        if asked and not parsed(asked).wanted:
            raise forms.ValidationError(_("Also write a word that you do want to find."))
        return asked

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last < first:
            self.add_error("to", _("This day comes before the first day. Choose a later one."))
        return self.cleaned_data

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for; an order alone is no question."""
        return any(self.data.get(name, "").strip() for name in self.fields if name != "sort")

    @property
    def is_narrowed(self) -> bool:
        """Whether more than words was asked."""
        others = self.fields.keys() - {"q", "sort"}
        return any(self.data.get(name, "").strip() for name in others)

    def wanted(self) -> Wanted:
        """For a form that is valid."""
        given = self.cleaned_data
        last = given["to"]
        return Wanted(
            query=parsed(given["q"]),
            thread=given["thread"].pk if given["thread"] else None,
            kind=given["kind"],
            person=given["person"],
            since=day_begins(given["from"]) if given["from"] else None,
            until=day_begins(last + timedelta(days=1)) if last else None,
            best_first=given["sort"] == BEST,
        )


class JumpForm(forms.Form):
    """The day to go to in a conversation."""

    on = DayField(_("Go to a date"), required=True)

    @property
    def begins(self) -> datetime:
        """The first moment of the day, for a form that is valid."""
        return day_begins(self.cleaned_data["on"])


def day_begins(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001
