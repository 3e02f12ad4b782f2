"""What accounts answer to lower apps."""

from backend.accounts.selectors import path_of
from backend.journal.selectors import register_path_resolver

register_path_resolver(path_of)
