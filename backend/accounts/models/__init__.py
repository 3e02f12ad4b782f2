"""Tables of the accounts."""

from backend.accounts.models.guards import MfaChallenge, OtpCode, SignInGuess, SignInPolicy
from backend.accounts.models.identity import Identity, IdentityAttempt, LegalPerson, Representation
from backend.accounts.models.organisation import Organisation, OrganisationCode
from backend.accounts.models.role_assignment import RoleAssignment
from backend.accounts.models.session import Device, RefreshSession
from backend.accounts.models.user import PasswordHistory, User

__all__ = [
    "Device",
    "Identity",
    "IdentityAttempt",
    "LegalPerson",
    "MfaChallenge",
    "Organisation",
    "OrganisationCode",
    "OtpCode",
    "PasswordHistory",
    "RefreshSession",
    "Representation",
    "RoleAssignment",
    "SignInGuess",
    "SignInPolicy",
    "User",
]
