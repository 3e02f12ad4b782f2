"""A contract type of import-linter: an app is entered by its doors and nowhere else."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Modules outside an app may import its doors only (`services`, not what lies in it); holds for every app there is.

    `containers`: packages whose children are apps; `apps`: further apps; `doors`: names of the modules that others see.
    """

    type_name = "doors"

    containers = fields.ListField(subfield=fields.StringField())
    apps = fields.ListField(subfield=fields.StringField(), required=False)
    doors = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find what is imported through the wall."""
        apps = sorted({*(self.apps or []), *(app for box in self.containers for app in graph.find_children(box))})  # type: ignore[union-attr,attr-defined]
        found = [link for app in apps for link in self._through_the_wall(graph, app)]
        return ContractCheck(kept=not found, metadata={"found": found})

    def _through_the_wall(self, graph: ImportGraph, app: str) -> list[str]:
        open_modules = {app, *(f"{app}.{door}" for door in self.doors)}  # type: ignore[attr-defined]
        walled = graph.find_descendants(app) - open_modules
        return sorted(
            f"{importer} -> {module}"
            for module in walled
            for importer in graph.find_modules_that_directly_import(module)
            if importer != app and not importer.startswith(f"{app}.")
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say where, and what to do."""
        links: list[Any] = check.metadata["found"]
        for link in links:
            output.print_error(link, bold=False)
        output.print_error("Use (or widen) the services, selectors or types of that app.", bold=False)
