"""Forms on one's own page."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    name = forms.CharField(label=_("Your name"), required=False, strip=False)


class EraseForm(forms.Form):
    """A word to type, so that nobody does this by accident."""

    word = forms.CharField(required=False)

    def clean_word(self) -> str:
        typed = str(self.cleaned_data["word"]).strip().strip(".\"'“”‘’").casefold()
        if typed != erase_word().casefold():
            raise forms.ValidationError(
                gettext("Type the word %(word)s. Nothing has been erased yet.")
                % {"word": erase_word()}
            )
        return typed


def erase_word() -> str:
    """What someone types to erase everything, in the reader's language."""
    return gettext("erase")
