"""How someone wants to hear what is new."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rooms.models import Digest


class DigestForm(forms.Form):
    every = forms.ChoiceField(
        label=_("How often do you want mail?"),
        choices=Digest.Every,
        initial=Digest.Every.NEVER,
        widget=forms.RadioSelect,
    )
    about = forms.ChoiceField(
        label=_("What do you want in it?"),
        choices=Digest.About,
        initial=Digest.About.ALL,
        required=False,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("Only for this. Nobody else sees it. Choose “Never” and it is gone."),
    )

    def clean_about(self) -> str:
        return self.cleaned_data["about"] or Digest.About.ALL

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        wants = found.get("every") in {Digest.Every.DAILY, Digest.Every.WEEKLY}
        if wants and not found.get("email") and "email" not in self.errors:
            self.add_error("email", _("Where do we send it? Write your e-mail address."))
        return found
