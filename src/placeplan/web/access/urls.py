"""Addresses of signing in and out, of one's own account, and of people."""

from django.urls import path

from placeplan.web.access.views import account, people, signing_in

app_name = "access"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.code, name="code"),
    path("sign-in/single/", signing_in.single_sign_on, name="single-sign-on"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("password/<str:secret>/", signing_in.choose_password, name="choose-password"),
    path("account/", account.account, name="account"),
    path("account/password/", account.change_password, name="change-password"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("account/second-factor/off/", account.second_factor_off, name="second-factor-off"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery-codes"),
    path("account/sessions/<int:number>/end", account.end_session, name="end-session"),
    path("people/", people.people, name="people"),
    path("people/<int:number>/take-role", people.take_role, name="take-role"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/link/", people.make_link, name="make-link"),
    path("people/<int:number>/take-second-factor/", people.take_second_factor, name="take-second-factor"),
    path("people/<int:number>/switch/", people.switch, name="switch"),
]
