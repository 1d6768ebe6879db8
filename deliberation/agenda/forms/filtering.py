"""A form that only looks: which needs of an agenda to see. Nothing here is stored."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from deliberation.agenda.models import NeedState
from deliberation.agenda.selectors.listing import ENDED, LISTED, Only
from deliberation.agenda.themes import theme_name
from rooms.models import Room

_UNKNOWN = {"invalid_choice": _("We don't know this choice. Choose one of the list.")}


class FilterForm(forms.Form):
    """Choices are those that are on this agenda."""

    theme = forms.ChoiceField(label=_("About"), required=False, error_messages=_UNKNOWN)
    state = forms.ChoiceField(label=_("How far is it?"), required=False, error_messages=_UNKNOWN)
    room = forms.ChoiceField(label=_("Said in"), required=False, error_messages=_UNKNOWN)

    def __init__(self, data: QueryDict, themes: Iterable[str], rooms: Iterable[Room]) -> None:
        super().__init__(data)
        named = sorted((theme_name(theme), theme) for theme in set(themes))
        self._choose("theme", _("Everything"), [(theme, name) for name, theme in named])
        states = [(one.value, str(one.label)) for one in (*LISTED, *ENDED)]
        self._choose("state", _("Everything"), states)
        self._choose("room", _("All rooms"), [(str(room.pk), room.title) for room in rooms])

    def _choose(self, name: str, everything: object, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def only(self) -> Only:
        """What is asked, as far as it can be understood."""
        self.is_valid()
        given = self.cleaned_data
        room = given.get("room", "")
        return Only(
            theme=given.get("theme", ""),
            state=NeedState(given["state"]) if given.get("state") else "",
            room=int(room) if room else None,
        )
