"""Addresses of plans."""

from django.urls import path

from placeplan.web.editing import sections
from placeplan.web.overview import views as overview
from placeplan.web.planning import views

app_name = "planning"
urlpatterns = [
    path("", overview.plans, name="plans"),
    path("plans/<slug:slug>/", overview.plan, name="plan"),
    path("plans/<slug:slug>/sections/<path:name>", sections.section, name="section"),
    path("plans/<slug:slug>/write/<path:name>", sections.write, name="write"),
    path("plans/<slug:slug>/figures/", views.figures, name="figures"),
    path("plans/<slug:slug>/figures/<str:identifier>", views.figure, name="figure"),
    path("plans/<slug:slug>/history/<int:number>/files", views.files, name="files"),
    path("plans/<slug:slug>/publish/", views.publish, name="publish"),
    path("plans/<slug:slug>/bring-up-to-date/", views.bring_up_to_date, name="bring-up-to-date"),
    path("plans/<slug:slug>/discard/", views.discard, name="discard"),
]
