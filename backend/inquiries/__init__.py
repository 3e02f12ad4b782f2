"""Inquiries: the 12345 hotline, online inquiry and the leaders' mailbox on one store of work orders."""
