"""How someone wants to see the site."""

from dataclasses import asdict

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.people.display import Display


class DisplayForm(forms.Form):
    text = forms.ChoiceField(
        label=_("Size of the letters"),
        choices=[("normal", _("Normal")), ("large", _("Large")), ("larger", _("Larger"))],
        widget=forms.RadioSelect,
    )
    view = forms.ChoiceField(
        label=_("How much you see"),
        choices=[
            ("full", _("Everything")),
            ("simple", _("Simple: only the conversation, with large buttons")),
        ],
        widget=forms.RadioSelect,
    )
    live = forms.ChoiceField(
        label=_("New messages"),
        choices=[
            ("always", _("Show them at once")),
            ("ask", _("Wait until I ask for them")),
        ],
        widget=forms.RadioSelect,
    )
    announce = forms.ChoiceField(
        label=_("What a screen reader tells you"),
        choices=[
            ("all", _("New messages, the first one in full")),
            ("summary", _("Only how many new messages there are")),
            ("me", _("Only answers to me")),
            ("off", _("Nothing")),
        ],
        widget=forms.RadioSelect,
    )
    nudge = forms.ChoiceField(
        label=_("Before you send something fierce or private"),
        choices=[
            ("on", _("Ask me if I am sure")),
            ("off", _("Send it at once")),
        ],
        widget=forms.RadioSelect,
    )

    def chosen(self) -> Display:
        """For a form that is valid."""
        return Display(**self.cleaned_data)

    @classmethod
    def showing(cls, display: Display) -> "DisplayForm":
        return cls(initial=asdict(display))
