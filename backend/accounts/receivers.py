"""What accounts answer to lower apps, and what the relay calls."""

from datetime import timedelta

from backend.accounts.selectors import path_of
from backend.accounts.services import forget_old_guards
from backend.journal.selectors import register_path_resolver
from kernel.outbox import register_pump

register_path_resolver(path_of)
register_pump("accounts.forget_old_guards", forget_old_guards, every=timedelta(minutes=10))
