"""The contract as text: drawn from the views, always the same for the same code."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer


class UnclearContractError(Exception):
    """The views do not say enough for a contract; the message lists what is missing."""


def contract_path() -> Path:
    """Where the committed contract lies."""
    return Path(settings.BASE_DIR) / "openapi" / "openapi.yaml"


def generate() -> str:
    """Draw the contract from the views. Raises UnclearContractError when drf-spectacular has to guess."""
    text, unclear = draw()
    if unclear:
        raise UnclearContractError("\n".join(unclear))
    return text


def draw() -> tuple[str, list[str]]:
    """The contract, and where drf-spectacular had to guess."""
    reset_generator_stats()
    with GENERATOR_STATS.silence():
        document = SchemaGenerator().get_schema(request=None, public=True)
        unclear = sorted({*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache})  # noqa: SLF001 - no other way
    text: bytes = OpenApiYamlRenderer().render(document, renderer_context={})
    return text.decode(), unclear
