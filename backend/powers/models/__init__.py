"""Tables of the power repository."""

from backend.powers.models.power_change import PowerChange
from backend.powers.models.power_item import ImportBatch, PowerItem
from backend.powers.models.power_type import PowerTheme, PowerType
from backend.powers.models.power_version import PowerVersion

__all__ = ["ImportBatch", "PowerChange", "PowerItem", "PowerTheme", "PowerType", "PowerVersion"]
