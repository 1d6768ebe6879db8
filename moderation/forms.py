"""Forms of moderation."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rooms.forms.managing import LOCAL, MomentInput
from rooms.forms.writing import RefForm

from .grounds import GROUNDS


def _grounds() -> list[tuple[str, str]]:
    return [(key, gettext(one.rule)) for key, one in GROUNDS.items()]


class GroundForm(RefForm):
    ground = forms.ChoiceField(
        label=_("Which rule is it about?"), choices=_grounds, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What did you see?"),
        help_text=_("Only the writer reads this. Leave out names and private details."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BanForm(GroundForm):
    until = forms.DateTimeField(label=_("Until"), input_formats=[LOCAL], widget=MomentInput)
    everywhere = forms.BooleanField(label=_("In all rooms"), required=False)
    field_order = ("ground", "reason", "until", "everywhere")


class AppealForm(RefForm):
    words = forms.CharField(
        label=_("Why don't you agree?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(RefForm):
    grant = forms.TypedChoiceField(
        label=_("What do you decide?"),
        choices=[("yes", _("Undo the decision")), ("no", _("Keep the decision"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your answer, and why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
