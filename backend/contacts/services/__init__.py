"""The only writers of the contacts."""

from backend.contacts.services.cards import edit_card, refresh_all, refresh_person
from backend.contacts.services.leaving import leave_office
from backend.contacts.services.reading import Way, forget_readings, note_reading

__all__ = ["Way", "edit_card", "forget_readings", "leave_office", "note_reading", "refresh_all", "refresh_person"]
