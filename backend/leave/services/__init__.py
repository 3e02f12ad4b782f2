"""Leave's public door for writers."""

from backend.leave.services.asking import ask, withdraw
from backend.leave.services.balances import load_careers, note_career
from backend.leave.services.deciding import decide
from backend.leave.services.ending import cancel, come_back
from backend.leave.services.papers import add_paper, remove_paper

__all__ = [
    "add_paper",
    "ask",
    "cancel",
    "come_back",
    "decide",
    "load_careers",
    "note_career",
    "remove_paper",
    "withdraw",
]
