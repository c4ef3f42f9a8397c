"""Addresses of changing a section of a plan."""

from django.urls import path

from placeplan.web.editing import narrative, rows, sections, waivers

app_name = "editing"
urlpatterns = [
    path("plans/<slug:slug>/undo/<path:name>", sections.undo, name="undo"),
    path("plans/<slug:slug>/rows/<path:name>", rows.rows, name="rows"),
    path("plans/<slug:slug>/row/<path:name>", rows.row, name="row"),
    path("plans/<slug:slug>/preview", narrative.preview, name="preview"),
    path("plans/<slug:slug>/find-figures", narrative.find_figures, name="find-figures"),
    path("plans/<slug:slug>/accept/", waivers.accept, name="accept"),
]
