"""Forms of decisions and appeals."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moderation.grounds import OFFERED
from rooms.forms.managing import LOCAL, MomentInput
from rooms.forms.writing import RefForm


def grounds() -> list[tuple[str, str]]:
    """Each ground with its rule, in the language of now."""
    return [(key, gettext(one.rule)) for key, one in OFFERED.items()]


class GroundSelect(forms.RadioSelect):
    """Beside each ground stands what is usually seen then; the page offers it as the reason."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        ground = OFFERED.get(str(option["value"]))
        if ground is not None:
            option["attrs"]["data-seen"] = gettext(ground.seen)
        return option


class GroundForm(RefForm):
    ground = forms.ChoiceField(
        label=_("Which rule is it about?"), choices=grounds, widget=GroundSelect
    )
    reason = forms.CharField(
        label=_("What did you see?"),
        help_text=_("Only the writer reads this. Leave out names and private details."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HideForm(GroundForm):
    criticism = forms.BooleanField(
        label=_("It is criticism of the municipality, its people or its plans"),
        help_text=_("Then another community manager has to agree first."),
        required=False,
    )


class BanForm(GroundForm):
    until = forms.DateTimeField(label=_("Until"), input_formats=[LOCAL], widget=MomentInput)
    everywhere = forms.BooleanField(label=_("In all rooms"), required=False)
    field_order = ("ground", "reason", "until", "everywhere")


class AppealForm(RefForm):
    words = forms.CharField(
        label=_("Why don't you agree? You can leave this empty."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SideForm(RefForm):
    """The writer's own side of it."""

    words = forms.CharField(
        label=_("What do you want us to know?"),
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
