"""Contacts (通讯录): the API area."""
