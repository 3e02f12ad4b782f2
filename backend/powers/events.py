"""Events of the power repository."""

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_PROPERTIES = {
    "power_id": _UUID,
    "version_id": _UUID,
    "version": {"type": "integer", "minimum": 1},
    "code": {"type": "string"},
    "name": {"type": "string"},
    "type_code": {"type": "string"},
    "organisation_id": _UUID,
    "state": {"type": "string"},
    "reason": {"type": "string"},
    "effective_from": {"type": "string", "format": "date"},
}


def _define(name: str, doc: str, *extra: str) -> EventType:
    required = ["power_id", "version_id", "version", "code", "name", "type_code", "organisation_id", "state", *extra]
    schema = {"type": "object", "required": required, "properties": _PROPERTIES, "additionalProperties": False}
    return define(name, version=1, schema=schema, doc=doc)


POWER_SUBMITTED = _define("power.submitted", "A version was handed in for legal review. Subject: the item.")
POWER_RETURNED = _define("power.returned", "Legal review sent a version back to its editors.", "reason")
POWER_CONFIRMED = _define("power.confirmed", "Legal review confirmed a version; it may be published.")
POWER_PUBLISHED = _define("power.published", "A version is public and holds from a date.", "effective_from")
POWER_SUSPENDED = _define("power.suspended", "The item takes no new applications; running cases go on.", "reason")
POWER_RESUMED = _define("power.resumed", "The item takes new applications again.")
POWER_CANCELLED = _define("power.cancelled", "The item is gone for good; running cases go on.", "reason")

CATALOGUE_IMPORTED = define(
    "power.catalogue_imported",
    version=1,
    schema={
        "type": "object",
        "required": ["batch_id", "sha256", "rows", "created", "updated", "unchanged", "refused"],
        "properties": {
            "batch_id": _UUID,
            "sha256": {"type": "string"},
            "rows": {"type": "integer"},
            "created": {"type": "integer"},
            "updated": {"type": "integer"},
            "unchanged": {"type": "integer"},
            "refused": {"type": "integer"},
        },
        "additionalProperties": False,
    },
    doc="A catalogue file was taken in as one batch. Subject: the batch.",
)
