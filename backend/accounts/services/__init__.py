"""The only writers of the accounts."""

from backend.accounts.services.codes import send_code, verify_code
from backend.accounts.services.demo import SeededCity, demo_accounts, seed_city
from backend.accounts.services.login import confirm_factor, login, step_up
from backend.accounts.services.organisations import add_code, create_organisation
from backend.accounts.services.passwords import change_password
from backend.accounts.services.people import (
    add_representation,
    create_official,
    create_person,
    deactivate,
    end_representation,
    reactivate,
    register_legal_person,
)
from backend.accounts.services.profile import change_phone, give_identity, update_profile
from backend.accounts.services.roles import grant_role, revoke_role
from backend.accounts.services.sessions import end_own_session, log_out, refresh
from backend.accounts.services.sweeping import forget_old_guards

__all__ = [
    "SeededCity",
    "add_code",
    "add_representation",
    "change_password",
    "change_phone",
    "confirm_factor",
    "create_official",
    "create_organisation",
    "create_person",
    "deactivate",
    "demo_accounts",
    "end_own_session",
    "end_representation",
    "forget_old_guards",
    "give_identity",
    "grant_role",
    "log_out",
    "login",
    "reactivate",
    "refresh",
    "register_legal_person",
    "revoke_role",
    "seed_city",
    "send_code",
    "step_up",
    "update_profile",
    "verify_code",
]
