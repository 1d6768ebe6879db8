"""Planning a conversation."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import MESSAGE_LIMIT, TITLE_LIMIT
from rooms.models import ThreadKind

from .managing import LOCAL, MomentInput


class StarterForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    kind = forms.ChoiceField(label=_("Kind"), choices=ThreadKind, initial=ThreadKind.QUESTION)
    body = forms.CharField(
        label=_("First words"),
        max_length=MESSAGE_LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is posted in your name."),
    )
    when = forms.DateTimeField(label=_("Day and time"), input_formats=[LOCAL], widget=MomentInput)
    weekly = forms.BooleanField(label=_("Every week at this time"), required=False)
    until = forms.DateField(
        label=_("Up to and including this day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Leave this empty and it goes on."),
    )

    def clean_until(self) -> date | None:
        return self.cleaned_data["until"] if self.cleaned_data.get("weekly") else None

    def plan(self) -> dict[str, Any]:
        """For a form that is valid: what the service asks."""
        return dict(self.cleaned_data)
