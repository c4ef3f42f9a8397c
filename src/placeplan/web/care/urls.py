"""Addresses of the care model."""

from django.urls import path

from placeplan.web.care import views

app_name = "care"
urlpatterns = [
    path("plans/<slug:slug>/care/", views.care, name="care"),
    path("plans/<slug:slug>/care/answer", views.answer, name="answer"),
    path("plans/<slug:slug>/care/draft", views.draft, name="draft"),
    path("plans/<slug:slug>/care/scenario", views.scenario, name="scenario"),
    path("plans/<slug:slug>/care/long-run", views.long_run, name="long-run"),
    path("plans/<slug:slug>/care/hubs/", views.hubs, name="hubs"),
]
