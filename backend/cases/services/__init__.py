"""The public door for changes to cases."""

from backend.cases.services.acceptance import deem_accepted
from backend.cases.services.acting import act, preview
from backend.cases.services.drafting import add_material, remove_material, start_draft, update_draft
from backend.cases.services.submission import submit, supplement, withdraw

__all__ = [
    "act",
    "add_material",
    "deem_accepted",
    "preview",
    "remove_material",
    "start_draft",
    "submit",
    "supplement",
    "update_draft",
    "withdraw",
]
