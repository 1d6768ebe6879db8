"""The form of a word list, and of one that comes as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.screening.lists import WordList, head_of
from moderation.services.listing import MOST_BYTES, too_big
from rooms.models import Ground


class ListForm(forms.Form):
    """Never invalid by itself: a service judges the list."""

    name = forms.CharField(label=_("What do you call it?"), required=False)
    ground = forms.ChoiceField(label=_("What is it about?"), choices=Ground, required=False)
    language = forms.ChoiceField(
        label=_("In which language?"),
        choices=[("nl", _("Dutch")), ("en", _("English")), ("", _("Any language"))],
        required=False,
    )
    words = forms.CharField(
        label=_("The words"),
        help_text=_("One word or phrase on each line. With * at its end a longer word counts too."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )

    def as_file(self) -> str:
        """What was filled in as the file of a list."""
        name, ground, language, words = (
            str(self.data.get(field, "")) for field in ("name", "ground", "language", "words")
        )
        lines = [*head_of(" ".join(name.split()), language, ground), *words.splitlines()]
        return "\n".join(lines) + "\n"


class FileForm(forms.Form):
    file = forms.FileField(label=_("The file"))

    def as_file(self) -> str:
        """What is in it. Raises Refused before reading a huge one, and UnicodeDecodeError."""
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise too_big()
        return str(self.cleaned_data["file"].read().decode("utf-8-sig"))


def filled(words: WordList) -> dict[str, str]:
    """The fields of a form that shows this list."""
    return {
        "name": words.name,
        "ground": words.ground,
        "language": words.language,
        "words": "\n".join(entry.written for entry in words.entries),
    }
