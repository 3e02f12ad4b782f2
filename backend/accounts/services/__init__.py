"""The only writers of the accounts."""

from backend.accounts.services.organisations import add_code, create_organisation
from backend.accounts.services.people import (
    add_representation,
    create_official,
    create_person,
    deactivate,
    reactivate,
    register_legal_person,
)
from backend.accounts.services.roles import grant_role, revoke_role

__all__ = [
    "add_code",
    "add_representation",
    "create_official",
    "create_organisation",
    "create_person",
    "deactivate",
    "grant_role",
    "reactivate",
    "register_legal_person",
    "revoke_role",
]
