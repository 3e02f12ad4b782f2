"""Serializers that refuse what the contract does not name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kernel import clock


class StrictSerializer(serializers.Serializer[Any]):
    """A request body. Unknown fields are an error, so that nobody believes they had an effect."""

    def to_internal_value(self, data: Any) -> Any:
        """Validate; unknown names are reported beside the other faults."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as exc:
            if isinstance(exc.detail, dict):
                raise serializers.ValidationError({**exc.detail, **_unknown(unknown)}) from exc
            raise
        if unknown:
            raise serializers.ValidationError(_unknown(unknown))
        return value


@extend_schema_field({"type": "string", "maxLength": 30, "pattern": r"^(\+86)?1[3-9][0-9]{9}$"})
class MobileField(serializers.CharField):
    """A mobile number. The contract names the plain form; blanks, hyphens and 0086 are understood as well."""


_UNKNOWN = "没有这个字段。 / Unknown field."


def _unknown(names: list[str]) -> dict[str, Any]:
    return {str(name)[:60]: [serializers.ErrorDetail(_UNKNOWN, code="unknown_field")] for name in names}


def validated(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """Validate a body with a serializer class and return the clean values. Raises ValidationError (400)."""
    checked = serializer(data=data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def at(moment: datetime | None) -> str | None:
    """A moment as the API shows it: RFC 3339 with +08:00, whole milliseconds."""
    return None if moment is None else clock.local(moment).isoformat(timespec="milliseconds")
