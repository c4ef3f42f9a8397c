"""Addresses of people."""

from django.urls import path

from placeplan.web.population import views

app_name = "population"
urlpatterns = [
    path("plans/<slug:slug>/people/", views.people, name="people"),
    path("plans/<slug:slug>/people/segments/", views.segments, name="segments"),
    path("plans/<slug:slug>/people/clusters/", views.clusters, name="clusters"),
    path("plans/<slug:slug>/people/practices/", views.practices, name="practices"),
]
