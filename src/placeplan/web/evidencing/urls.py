"""Addresses of evidence."""

from django.urls import path

from placeplan.web.evidencing import views

app_name = "evidencing"
urlpatterns = [path("plans/<slug:slug>/evidence/<int:number>", views.evidence, name="evidence")]
