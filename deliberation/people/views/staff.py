"""The administrator's page of people and roles."""

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from deliberation.people.requests import actor_for
from deliberation.people.roles import Role
from deliberation.people.staff import password_link, staff_invite, staff_roles
from deliberation.people.words import sentence

ROLES = (
    (Role.MANAGER, _("Community manager: opens rooms and keeps the conversation going")),
    (Role.OFFICIAL, _("Official: takes part for the municipality")),
    (Role.COUNCIL, _("Council member: takes part with a badge")),
    (Role.ADMINISTRATOR, _("Administrator: people and roles, and all that a manager may")),
)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("This account may sign in"), required=False)


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name, as everyone will see it"), required=False)
    email = forms.EmailField(label=_("E-mail address"))
    roles = RolesForm.base_fields["roles"]


def people(request: HttpRequest) -> HttpResponse:
    """Everyone with a role, and a form to invite someone."""
    return _administrators(request) or _people(request)


def person(request: HttpRequest, person: int) -> HttpResponse:
    """One member of staff: roles, on or off, and a new link for the password."""
    return _administrators(request) or _person(request, person)


def _people(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor = actor_for(request, at=clock.now())
        try:
            invited = staff_invite(actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return _invited(request, invited)
    context = {"form": form, "staff": Person.objects.exclude(roles=[]).order_by("name")}
    return render(request, "people/staff.html", context, status=422 if form.errors else 200)


def _person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Person.objects.exclude(email=None), pk=pk)
    if request.method == "POST" and "link" in request.POST:
        return _invited(request, found)
    now = {"roles": found.roles, "is_active": found.is_active}
    form = RolesForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        actor = actor_for(request, at=clock.now())
        try:
            staff_roles(actor=actor, person=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return redirect("people")
    context = {"form": form, "person": found}
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


def _invited(request: HttpRequest, person: Person) -> HttpResponse:
    """Mail the link, and show it as well: not every place has mail."""
    link = password_link(request, person)
    context = {"person": person, "link": link, "site_name": settings.SITE_NAME}
    words = render_to_string("people/invitation.txt", context)
    subject = gettext("Your account for %(site)s") % {"site": settings.SITE_NAME}
    mailed = bool(send_mail(subject, words, None, [str(person.email)], fail_silently=True))
    return render(request, "people/invited.html", context | {"mailed": mailed})


def _administrators(request: HttpRequest) -> HttpResponse | None:
    actor = actor_for(request, at=clock.now())
    if Role.ADMINISTRATOR in actor.roles:
        return None
    if actor.id is None:
        return redirect_to_login(request.get_full_path())
    return render(request, "403.html", status=403)
