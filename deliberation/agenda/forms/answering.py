"""What staff fill in about the answers that are owed. Services judge what is in it."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.agenda.models import Body, Outcome, Response
from deliberation.people.models import Person


class DayInput(forms.DateInput):
    """The browser's own picker of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AnswerForm(forms.Form):
    """An answer; `drafted` says which draft was on the page."""

    outcome = forms.ChoiceField(
        label=_("What is the outcome?"),
        choices=Outcome,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        strip=False,
        help_text=_("Write as you would tell a neighbour. An answer without a reason is refused."),
        widget=forms.Textarea({"rows": 10}),
    )
    link = forms.CharField(
        label=_("Link to the decision (may stay empty)"),
        required=False,
        widget=forms.URLInput({"placeholder": "https://"}),
    )
    drafted = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def differs_from(self, draft: Response) -> bool:
        """Whether something else was typed than what the draft says."""
        typed = [self.cleaned_data.get(name) or "" for name in ("outcome", "reason", "link")]
        kept = [draft.outcome, draft.reason, draft.link]
        return [_plain(one) for one in typed] != [_plain(one) for one in kept]


class OwnerForm(forms.Form):
    body = forms.ChoiceField(label=_("Who decides?"), choices=Body, widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(
        label=_("Who writes the answer?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def among(self, people: Iterable[Person]) -> "OwnerForm":
        """Offer these officials."""
        found = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("name")
        self.fields["owner"].queryset = found  # type: ignore[attr-defined]
        return self


class ExtendForm(forms.Form):
    until = forms.DateField(label=_("The answer comes on"), widget=DayInput)
    reason = forms.CharField(
        label=_("Reason, as everyone can read it"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class MilestoneForm(forms.Form):
    step = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[
            ("", _("Only news")),
            ("start", _("The work begins")),
            ("done", _("All is done")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("What happened, or is planned?"), required=False)
    on = forms.DateField(label=_("On which day?"), widget=DayInput)
    link = forms.CharField(
        label=_("Link (may stay empty)"),
        required=False,
        widget=forms.URLInput({"placeholder": "https://"}),
    )


class ContestAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer, as everyone can read it"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4}),
    )


def _plain(text: str) -> str:
    """Without what a browser adds at the ends of lines."""
    return text.replace("\r\n", "\n").strip()
