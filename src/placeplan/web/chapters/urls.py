"""Addresses of chapters."""

from django.urls import path

from placeplan.web.chapters import views

app_name = "chapters"
urlpatterns = [path(f"plans/<slug:slug>/{name}/", views.chapter, {"name": name}, name=name) for name in views.TITLES]
