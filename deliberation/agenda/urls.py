"""Addresses of the agenda. An address that was given out stays."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
