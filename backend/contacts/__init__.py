"""Contacts (通讯录): who works where, and how they are reached."""
