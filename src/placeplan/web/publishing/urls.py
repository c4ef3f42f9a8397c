"""Addresses of documents."""

from django.urls import path

from placeplan.web.publishing import views

app_name = "publishing"
urlpatterns = [
    path("plans/<slug:slug>/documents/", views.documents, name="documents"),
    path("plans/<slug:slug>/documents/<int:number>/<slug:form>", views.document, name="document"),
]
