"""Twilio: texts that come in, and reports on texts that went out."""
