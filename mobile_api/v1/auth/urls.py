"""Addresses of signing in."""

from django.urls import path

from mobile_api.v1.auth import views

urlpatterns = [
    path("auth/otp", views.OtpView.as_view()),
    path("auth/otp/verify", views.OtpVerifyView.as_view()),
    path("auth/login", views.LoginView.as_view()),
    path("auth/mfa", views.MfaView.as_view()),
    path("auth/refresh", views.RefreshView.as_view()),
    path("auth/logout", views.LogoutView.as_view()),
    path("auth/step-up", views.StepUpView.as_view()),
    path("auth/password", views.PasswordView.as_view()),
]
