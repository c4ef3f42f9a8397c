"""Addresses of boards and meetings."""

from django.urls import path

from placeplan.web.meetings import governing, views

app_name = "meetings"
_START = "plans/<slug:slug>/meetings/"
urlpatterns = [
    path("plans/<slug:slug>/governance/", governing.governance, name="governance"),
    path(_START, views.boards, name="boards"),
    path(f"{_START}boards", views.add_board, name="add-board"),
    path(f"{_START}boards/<int:number>/", views.board, name="board"),
    path(f"{_START}boards/<int:number>/change", views.change_board, name="change-board"),
    path(f"{_START}<int:number>/", views.meeting, name="meeting"),
    path(f"{_START}<int:number>/change", views.change_meeting, name="change-meeting"),
    path(f"{_START}<int:number>/minutes/", views.minutes, name="minutes"),
    path(f"{_START}<int:number>/minutes.pdf", views.minutes_pdf, name="minutes-pdf"),
    path(f"{_START}actions/<int:number>/close", views.close_action, name="close-action"),
    path(f"{_START}decisions/<int:number>/close", views.close_decision, name="close-decision"),
]
