"""The only writers of the power repository."""

from backend.powers.services.catalogue_import import ImportReport, import_catalogue
from backend.powers.services.drafting import create_item, open_version, save_draft
from backend.powers.services.items import LoadReport, load_items
from backend.powers.services.life_cycle import (
    cancel,
    confirm,
    publish,
    resume,
    return_to_editor,
    submit,
    suspend,
    take_up_review,
)

__all__ = [
    "ImportReport",
    "LoadReport",
    "cancel",
    "confirm",
    "create_item",
    "import_catalogue",
    "load_items",
    "open_version",
    "publish",
    "resume",
    "return_to_editor",
    "save_draft",
    "submit",
    "suspend",
    "take_up_review",
]
