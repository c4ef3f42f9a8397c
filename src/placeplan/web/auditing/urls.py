"""Addresses of the record."""

from django.urls import path

from placeplan.web.auditing import views

app_name = "auditing"
urlpatterns = [
    path("record/", views.record, name="record"),
    path("record/file", views.file, name="file"),
]
