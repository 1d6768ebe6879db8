"""Planning a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import MESSAGE_LIMIT, NAME_LIMIT, TITLE_LIMIT
from rooms.models import Screen
from rooms.models.agreement import WORDS_LIMIT
from rooms.services.handing import NOTE_LIMIT
from rooms.services.meetings import Point

from .managing import LOCAL, MomentInput
from .writing import RefForm


class MeetingForm(RefForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    place = forms.CharField(
        label=_("Place"),
        max_length=TITLE_LIMIT,
        help_text=_("Name and address of the hall. Everyone can also take part online."),
    )
    starts_at = forms.DateTimeField(label=_("Begins"), input_formats=[LOCAL], widget=MomentInput)
    ends_at = forms.DateTimeField(label=_("Ends"), input_formats=[LOCAL], widget=MomentInput)
    points = forms.CharField(
        label=_("Agenda of the evening"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Each point on its own line."),
    )

    def plan(self) -> dict[str, Any]:
        """For a form that is valid: what the service asks."""
        given = {name: self.cleaned_data[name] for name in ("title", "place")}
        times = {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}
        lines = [line for line in self.cleaned_data["points"].splitlines() if line.strip()]
        return given | times | {"points": [Point(line) for line in lines]}


class ScreenForm(RefForm):
    use = forms.ChoiceField(
        label=_("What do you add?"), choices=Screen.Use, initial="wall", widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Where does it stand or hang?"),
        max_length=60,
        help_text=_("For example: large screen in the hall."),
    )


class AgreementForm(RefForm):
    words = forms.CharField(label=_("What was agreed"), max_length=WORDS_LIMIT)
    who = forms.CharField(label=_("Who does it"), max_length=NAME_LIMIT, required=False)
    due_on = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class HandoverForm(RefForm):
    words = forms.CharField(
        label=_("What your colleague must know"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TabletForm(RefForm):
    body = forms.CharField(
        label=_("What do you want to say?"),
        max_length=MESSAGE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Write something first.")},
    )
    name = forms.CharField(
        label=_("Your first name (may be empty)"),
        max_length=NAME_LIMIT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the meeting"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "go",
            }
        ),
        help_text=_("Six letters and digits. They stand on the screen in the hall."),
    )
