"""Forms of residents. A hidden `ref` makes sending the same form twice harmless."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.ids import derived_ref, new_ref
from rooms.models import StanceValue, ThreadKind


class RefForm(forms.Form):
    """Never invalid by itself: a service judges what is in it."""

    ref = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def asked(self) -> UUID:
        """The reference of this form with these words.

        Words are part of it: after "back" a browser shows the same form again, and what is
        written in it then is a new message.
        """
        given = self.cleaned_data.get("ref") or new_ref()
        words = (str(v) for k, v in sorted(self.cleaned_data.items()) if k not in ("ref", "name"))
        return derived_ref("form", given, *words)

    def text(self, field: str) -> str:
        """What was typed in a field."""
        return str(self.cleaned_data.get(field) or "")


class NamedForm(RefForm):
    """A visitor chooses a name on the way."""

    name = forms.CharField(label=_("Your name"), required=False, strip=False)


class ComposerForm(NamedForm):
    body = forms.CharField(
        label=_("Your message"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ThreadForm(NamedForm):
    title = forms.CharField(label=_("What is it about?"), required=False, strip=False)
    kind = forms.ChoiceField(
        label=_("What kind of subject is it?"), choices=ThreadKind, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label=_("Your first message"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class StanceForm(NamedForm):
    value = forms.ChoiceField(choices=[*StanceValue.choices, ("none", _("No stance"))])


class EditForm(RefForm):
    body = forms.CharField(
        label=_("Your message"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
