"""What someone fills in to propose a need, in at most three fields. A service judges it."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from deliberation.people.actors import Actor
from rooms.forms.writing import NamedForm
from rooms.models import Message, MessageState, Neighbourhood

from .reviewing import theme_choices

MINE = 30  # of one's own messages to choose from


class ProposeForm(NamedForm):
    words = forms.CharField(
        label=_("What is needed here?"),
        required=False,
        strip=False,
        help_text=_("In one sentence, such as: safe crossing at the school."),
        widget=forms.Textarea({"rows": 2}),
    )
    message = forms.TypedChoiceField(
        label=_("In which message did you say that?"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("A need always rests on what was said in a conversation."),
    )
    theme = forms.ChoiceField(label=_("About (may stay empty)"), required=False)
    field_order = ("words", "message", "theme", "name")

    def among(self, place: Neighbourhood, actor: Actor, chosen: Message | None) -> "ProposeForm":
        """Offer one's own messages; nothing to choose where one came from a message."""
        self.fields["theme"].choices = theme_choices()  # type: ignore[attr-defined]
        if chosen is not None:
            self.fields["message"].widget = forms.HiddenInput()
            self.fields["message"].choices = [(chosen.pk, "")]  # type: ignore[attr-defined]
        else:
            mine = [(one.pk, Truncator(one.body).chars(90)) for one in own(place, actor)]
            self.fields["message"].choices = [("", _("Choose a message")), *mine]  # type: ignore[attr-defined]
        if actor.id is not None:
            del self.fields["name"]
        return self


def own(place: Neighbourhood, actor: Actor) -> list[Message]:
    """What someone said last in the rooms of a place."""
    if actor.id is None:
        return []
    mine = Message.objects.filter(author=actor.id, room__neighbourhood=place)
    return list(mine.filter(state=MessageState.SHOWN).order_by("-pk")[:MINE])
