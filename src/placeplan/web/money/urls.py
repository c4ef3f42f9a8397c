"""Addresses of money."""

from django.urls import path

from placeplan.web.money import views

app_name = "money"
urlpatterns = [
    path("plans/<slug:slug>/money/", views.money, name="money"),
    path("plans/<slug:slug>/money/requirement/", views.requirement, name="requirement"),
    path("plans/<slug:slug>/money/requirement/draft", views.put, name="put"),
    path("plans/<slug:slug>/money/delivery/", views.delivery, name="delivery"),
    path("plans/<slug:slug>/money/delivery/month", views.report, name="report"),
    path("plans/<slug:slug>/money/scenarios/", views.scenarios, name="scenarios"),
    path("plans/<slug:slug>/money/scenarios/new", views.new_scenario, name="new-scenario"),
    path("plans/<slug:slug>/money/claims/", views.claims, name="claims"),
    path("plans/<slug:slug>/money/claims/scenario", views.keep_claims, name="keep-claims"),
    path("plans/<slug:slug>/money/sensitivity/", views.sensitivity, name="sensitivity"),
]
