"""The documents' public door for writers."""

from backend.documents.services.acting import act
from backend.documents.services.drafting import draft, edit
from backend.documents.services.files import add_file, remove_file
from backend.documents.services.incoming import receive
from backend.documents.services.layers import write_layer
from backend.documents.services.numbering import keep_code, load_codes
from backend.documents.services.paging import print_missing
from backend.documents.services.spreading import read, text_unread

__all__ = [
    "act",
    "add_file",
    "draft",
    "edit",
    "keep_code",
    "load_codes",
    "print_missing",
    "read",
    "receive",
    "remove_file",
    "text_unread",
    "write_layer",
]
