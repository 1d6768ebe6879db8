"""Forms of the queue: several stand on one page, so each has ids of its own."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moderation.grounds import GROUNDS
from moderation.private import details
from rooms.forms.writing import NamedForm, RefForm
from rooms.models import Ground

from .deciding import GroundForm

PAUSES = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


def _nothing_wrong() -> str:
    return gettext("We looked at it. It keeps to the house rules.")


class LeaveForm(RefForm):
    reason = forms.CharField(
        label=_("Why it stays, for who reported it"),
        required=False,
        initial=_nothing_wrong,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WhyNotForm(RefForm):
    reason = forms.CharField(
        label=_("Why not?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PauseForm(GroundForm):
    """Someone may not write in this room for a short while."""

    pause = forms.ChoiceField(
        label=_("For how long?"),
        choices=[("hour", _("An hour")), ("day", _("A day")), ("week", _("A week"))],
        initial="hour",
        widget=forms.RadioSelect,
    )
    field_order = ("pause", "ground", "reason")

    def until(self, at: datetime) -> datetime:
        return at + PAUSES[self.cleaned_data["pause"]]


class RedactForm(RefForm):
    """Private details are left out; what the software found is filled in."""

    words = forms.CharField(
        label=_("What should be left out?"),
        help_text=_("Each piece on its own line, exactly as it stands in the message."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=_("What did you see?"),
        help_text=_("Only the writer reads this. Leave out names and private details."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @staticmethod
    def found_in(text: str) -> dict[str, str]:
        """The form as it is offered for a message with this text."""
        pieces = [text[one.start : one.end] for one in details(text)]
        seen = gettext(GROUNDS[Ground.PERSONAL_DATA].seen)
        return {"words": "\n".join(dict.fromkeys(pieces)), "reason": seen}


def _your_side() -> str:
    return gettext("Someone finds this message not right. What did you mean by it?")


class AskForm(RefForm):
    words = forms.CharField(
        label=_("Your question to the writer"),
        help_text=_("The writer has a day to answer. You decide after that."),
        required=False,
        initial=_your_side,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoteForm(RefForm):
    words = forms.CharField(
        label=_("Note for the other managers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TogetherForm(GroundForm):
    """One decision for all that is ticked."""

    cases = forms.TypedMultipleChoiceField(coerce=int, required=False)


class ReportForm(NamedForm):
    """The ground is the button that is pressed."""

    ground = forms.CharField(required=False)
    words = forms.CharField(
        label=_("What is wrong with it? You can leave this empty."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
