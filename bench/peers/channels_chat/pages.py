"""One page, so that the bench can see that the server is up."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def up(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("up")


urlpatterns = [path("", up)]
