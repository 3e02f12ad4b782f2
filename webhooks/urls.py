"""Addresses of the webhooks, under /webhooks/."""

from __future__ import annotations

from django.urls import path

from webhooks.inbound.twilio import views

urlpatterns = [
    path("twilio/messages", views.messages, name="twilio-messages"),
    path("twilio/status", views.status, name="twilio-status"),
    path("twilio/voice", views.voice, name="twilio-voice"),
    path("twilio/voice-status", views.voice_status, name="twilio-voice-status"),
    path("twilio/recording", views.recording, name="twilio-recording"),
]
