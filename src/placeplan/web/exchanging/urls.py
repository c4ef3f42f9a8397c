"""Addresses of bringing plans in, taking workbooks out, and differences."""

from django.urls import path

from placeplan.web.exchanging import views, workbooks

app_name = "exchanging"
urlpatterns = [
    path("bring-in/", views.bring_in, name="bring-in"),
    path("places/", views.places, name="places"),
    path("plans/<slug:slug>/sharing/", views.sharing, name="sharing"),
    path("plans/<slug:slug>/sharing/stop/", views.stop_sharing, name="stop-sharing"),
    path("plans/<slug:slug>/workbook/", workbooks.workbook, name="workbook"),
    path("plans/<slug:slug>/workbook/file", workbooks.take_workbook, name="take-workbook"),
    path("plans/<slug:slug>/workbook/decide/", workbooks.decide, name="decide"),
    path("plans/<slug:slug>/difference/", views.draft_difference, name="draft-difference"),
    path("plans/<slug:slug>/history/<int:number>/difference/", views.difference, name="difference"),
]
