"""Addresses of commitments."""

from django.urls import path

from placeplan.web.commitments import goals, views

app_name = "commitments"
urlpatterns = [
    path("plans/<slug:slug>/commitments/", views.commitments, name="commitments"),
    path("plans/<slug:slug>/commitments/providers/", views.providers, name="providers"),
    path("plans/<slug:slug>/traceability/", views.traceability, name="traceability"),
    path("plans/<slug:slug>/traceability/goal", goals.fill_goal, name="fill-goal"),
]
