"""Meetings: notices, receipts, rooms, sign-in, minutes, decisions."""
