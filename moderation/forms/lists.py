"""The form of a word list: typed or from a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

EXAMPLE = "# name: \n# language: nl\n# ground: insult\n"


class ListForm(forms.Form):
    text = forms.CharField(
        label=_("The list"),
        help_text=_(
            "One word or phrase on each line. With * at its end a longer word is found too. "
            "Above it stand its name, its language (nl, en or nothing) and what it is about."
        ),
        strip=False,
        required=False,
        initial=EXAMPLE,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )


class NewListForm(ListForm):
    file = forms.FileField(label=_("Or a file"), required=False)
    field_order = ("file", "text")

    def given(self) -> str:
        """What is in the file, else what was typed. Raises UnicodeDecodeError."""
        file = self.files.get("file")
        return file.read().decode("utf-8-sig") if file else str(self.cleaned_data["text"])
