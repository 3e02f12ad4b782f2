"""The whole product, imported: what registers itself is registered, what declares itself can be listed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PACKAGES = ("config", "mobile_api", "webhooks", "backend", "sms", "kernel")
STARTERS = ("config.settings.production", "config.demo", "config.embedded", "config.offline", "config.asgi")


@cache
def import_everything() -> tuple[str, ...]:
    """Import every module of the product but those that start something. Returns their names."""
    names = []
    for package in PACKAGES:
        root = importlib.import_module(package)
        for module in pkgutil.walk_packages(root.__path__, f"{package}."):
            if module.name.startswith(STARTERS) or ".migrations" in module.name or module.name.endswith("__main__"):
                continue
            importlib.import_module(module.name)
            names.append(module.name)
    return tuple(names)


@dataclass(frozen=True)
class Route:
    """One address of the web process and what serves it."""

    path: str
    view: Any

    @property
    def view_class(self) -> Any:
        """The class behind the route; None for a plain function."""
        return getattr(self.view, "view_class", None) or getattr(self.view, "cls", None)


def routes() -> list[Route]:
    """Every address of the web process."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[Any], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield Route("/" + path, pattern.callback)


def subclasses(kind: type) -> Iterator[type]:
    """All classes below `kind`."""
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)
