"""Addresses of performance."""

from django.urls import path

from placeplan.web.performance import views

app_name = "performance"
urlpatterns = [
    path("plans/<slug:slug>/performance/", views.performance, name="performance"),
    path("plans/<slug:slug>/performance/measures/", views.measures, name="measures"),
]
