"""Addresses of the history."""

from django.urls import path

from placeplan.web.timeline import views

app_name = "timeline"
urlpatterns = [path("plans/<slug:slug>/history/", views.history, name="history")]
