"""What residents fill in on the page of a need. Never invalid by itself: a service judges it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.agenda.models import Contest
from deliberation.people.actors import Actor
from rooms.forms.writing import NamedForm


class TakingPartForm(NamedForm):
    """Who has a name is not asked for one."""

    stop = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def known_as(self, actor: Actor) -> "TakingPartForm":
        """Ask a name of a visitor only."""
        if actor.id is not None:
            del self.fields["name"]
        return self


class SupportForm(TakingPartForm):
    street = forms.CharField(
        label=_("Your street (may stay empty)"),
        required=False,
        help_text=_("We only count from how many streets people come. Nobody sees yours."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    field_order = ("street", "name")


class FollowForm(TakingPartForm):
    pass


class WordingForm(TakingPartForm):
    words = forms.CharField(
        label=_("How would you say it?"),
        required=False,
        strip=False,
        help_text=_("One sentence that says what is needed. A community manager looks at it."),
        widget=forms.Textarea({"rows": 2}),
    )
    field_order = ("words", "name")


class ContestForm(TakingPartForm):
    kind = forms.ChoiceField(
        label=_("What is not right?"),
        choices=Contest.Kind,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What should it be?"),
        required=False,
        strip=False,
        help_text=_("Only the municipality reads this. Everyone can read the answer."),
        widget=forms.Textarea({"rows": 4}),
    )
    zin = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("kind", "words", "name")
