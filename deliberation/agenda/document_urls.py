"""Addresses of what is kept and handed on: versions, open data, packages, reports, algorithm."""

from django.urls import path

from .views import algorithm, open_data, packages, quarters, versions

urlpatterns = [
    path("n/<slug:slug>/agenda/versies/", versions.versions, name="versions"),
    path("n/<slug:slug>/agenda/versies/vaststellen", versions.adopt, name="version_adopt"),
    path("n/<slug:slug>/agenda/versies/<int:number>/", versions.version, name="version"),
    path(
        "n/<slug:slug>/agenda/versies/<int:number>/inhoud.json",
        versions.version_content,
        name="version_content",
    ),
    path("n/<slug:slug>/agenda/open-data.zip", open_data.open_data, name="open_data"),
    path("b/<str:kenmerk>/pakket.pdf", packages.need_pdf, name="need_pdf"),
    path("b/<str:kenmerk>/pakket.json", packages.need_json, name="need_json"),
    path("b/<str:kenmerk>/pakket.csv", packages.need_csv, name="need_csv"),
    path(
        "n/<slug:slug>/agenda/versies/<int:number>/pakket.pdf",
        packages.version_pdf,
        name="version_pdf",
    ),
    path(
        "n/<slug:slug>/agenda/versies/<int:number>/pakket.json",
        packages.version_json,
        name="version_json",
    ),
    path(
        "n/<slug:slug>/agenda/versies/<int:number>/pakket.csv",
        packages.version_csv,
        name="version_csv",
    ),
    path("n/<slug:slug>/agenda/kwartaal/", quarters.quarter_now, name="quarter_now"),
    path(
        "n/<slug:slug>/agenda/kwartaal/<int:year>-<int:number>/", quarters.quarter, name="quarter"
    ),
    path(
        "n/<slug:slug>/agenda/kwartaal/<int:year>-<int:number>/rapport.pdf",
        quarters.quarter_pdf,
        name="quarter_pdf",
    ),
    path(
        "n/<slug:slug>/agenda/kwartaal/<int:year>-<int:number>/rapport.csv",
        quarters.quarter_csv,
        name="quarter_csv",
    ),
    path("algoritme/", algorithm.algorithm, name="algorithm"),
    path("algoritme.json", algorithm.algorithm_json, name="algorithm_json"),
]
