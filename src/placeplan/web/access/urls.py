"""Addresses of signing in and out, and of people."""

from django.urls import path

from placeplan.web.access import views

app_name = "access"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("people/", views.people, name="people"),
    path("people/<int:number>/take-role", views.take_role, name="take-role"),
]
