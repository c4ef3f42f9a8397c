"""Addresses of signing."""

from django.urls import path

from placeplan.web.signing import views

app_name = "signing"
urlpatterns = [
    path("plans/<slug:slug>/signing/", views.signing, name="signing"),
    path("plans/<slug:slug>/signing/submit", views.submit, name="submit"),
    path("plans/<slug:slug>/signing/sign", views.sign, name="sign"),
    path("plans/<slug:slug>/signing/seat", views.seat, name="seat"),
    path("plans/<slug:slug>/signing/conditions/<int:number>", views.meet, name="meet"),
    path("plans/<slug:slug>/signing/submissions/<int:number>/", views.submission, name="submission"),
    path("plans/<slug:slug>/signing/submissions/<int:number>/checksums", views.checksums, name="checksums"),
]
