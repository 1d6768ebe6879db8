"""Forms for making a room and writing its charter."""

from typing import Any

from django import forms
from django.db.models import Field
from django.forms.widgets import Input
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.refusals import Refused
from deliberation.kernel.text import TITLE_LIMIT, line
from rooms.drafts import SLUG_LIMIT
from rooms.models import Charter, Influence, Neighbourhood
from rooms.words import sentence

HELP = {
    "purpose": _("One or two sentences. Residents see this first."),
    "question": _("One open question, in everyday words."),
    "influence": _("Promise what you can keep."),
    "outcome": _("What happens after the conversation, and where residents read about it."),
    "decided_by": _("A body or a function that residents know."),
    "decided_when": _("A date or a season, for example: before the summer of next year."),
    "house_rules": _("The version that holds here."),
    "moderators": _("Names or a team, and how to reach them."),
}
EXPLAINED = {
    Influence.INFORM: _("Inform: you hear what is going on and can ask questions"),
    Influence.CONSULT: _("Consult: your experience is used; the municipality decides"),
    Influence.ADVISE: _("Advise: every advice gets an answer with a reason"),
    Influence.CO_CREATE: _("Co-create: residents and municipality make the plan together"),
    Influence.DECIDE: _("Decide: residents decide, within limits that are known"),
}


def charter_fields() -> dict[str, forms.Field]:
    """One field for each promise; none is required while it is a draft."""
    return {name: _field(name) for name in Charter.FIELDS}


def promise(name: str) -> "Field[Any, Any]":
    """A field of the charter; its `verbose_name` is the question it answers."""
    found = Charter._meta.get_field(name)
    assert isinstance(found, Field)
    return found


def _field(name: str) -> forms.Field:
    field = promise(name)
    if name == "influence":
        choices = [("", _("Choose")), *((value.value, words) for value, words in EXPLAINED.items())]
        return forms.ChoiceField(
            label=field.verbose_name, choices=choices, required=False, help_text=HELP[name]
        )
    widget = Input({"type": "text"}) if name == "house_rules" else forms.Textarea({"rows": 2})
    return forms.CharField(
        label=field.verbose_name,
        required=False,
        widget=widget,
        help_text=HELP[name],
        max_length=field.max_length,
    )


class CharterForm(forms.Form):
    """Title, introduction and charter of a room."""

    title = forms.CharField(label=_("Title"), required=False)
    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Optional. **Bold**, lists with - and [links](https://…) work."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= charter_fields()

    def clean_title(self) -> str:
        try:
            return line(self.cleaned_data["title"], limit=TITLE_LIMIT)
        except Refused as refused:
            raise forms.ValidationError(sentence(refused)) from refused

    def charter(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in Charter.FIELDS}

    def promises(self) -> list[forms.BoundField]:
        """The charter's fields, in order."""
        return [self[name] for name in Charter.FIELDS]


class NewRoomForm(CharterForm):
    neighbourhood = forms.ModelChoiceField(
        label=_("Neighbourhood"),
        queryset=Neighbourhood.objects.all(),
        required=False,
        empty_label=_("Choose a neighbourhood"),
    )
    new_neighbourhood = forms.CharField(
        label=_("Or a new neighbourhood"), required=False, max_length=TITLE_LIMIT
    )
    slug = forms.SlugField(
        label=_("Address"),
        required=False,
        max_length=SLUG_LIMIT,
        help_text=_("Leave this empty and the title makes it. It stays the same for ever."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not found.get("neighbourhood") and not found.get("new_neighbourhood"):
            self.add_error("neighbourhood", _("Choose a neighbourhood, or name a new one."))
        return found
