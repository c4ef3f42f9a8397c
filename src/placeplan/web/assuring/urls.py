"""Addresses of assurance."""

from django.urls import path

from placeplan.web.assuring import views

app_name = "assuring"
urlpatterns = [
    path("plans/<slug:slug>/assurance/", views.assurance, name="assurance"),
    path("plans/<slug:slug>/assurance/judge", views.judge, name="judge"),
]
