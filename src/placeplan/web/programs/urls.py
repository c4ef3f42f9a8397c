"""Addresses of tokens, of the interface of programs, and of its description."""

from django.urls import path

from placeplan.web.programs import views
from placeplan.web.programs.interface import addresses

app_name = "programs"
urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:number>/revoke", views.revoke, name="revoke"),
    path("api/v1/openapi.json", views.description, name="description"),
    path("api/v1/", addresses()),
]
