"""Addresses of comments and queries."""

from django.urls import path

from placeplan.web.discussing import views

app_name = "discussing"
urlpatterns = [
    path("plans/<slug:slug>/discussion/", views.threads, name="threads"),
    path("plans/<slug:slug>/discussion/<int:number>", views.reply, name="reply"),
]
