"""`manage.py partners …`: let partners in, look at their deliveries, replay, rotate secrets."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.accounts.selectors import organisation_by_code
from backend.partners import rules, selectors, services
from kernel.actors import Actor
from kernel.errors import DomainError

_ACTOR = Actor.system("manage.py partners")


class Command(BaseCommand):
    """One sub-command for each thing that can be done."""

    help = "Webhooks to partners: add, endpoint, rotate, enable, list, log, replay, retry"

    def add_arguments(self, parser: CommandParser) -> None:
        """The sub-commands."""
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add", help="a partner: what it may be told of")
        for name in ("code", "name", "organisation"):
            add.add_argument(name)
        add.add_argument("scopes", nargs="+", choices=sorted(rules.SCOPES))
        endpoint = acts.add_parser("endpoint", help="an address of a partner; prints the secret, once")
        endpoint.add_argument("code")
        endpoint.add_argument("url")
        for name in ("rotate", "enable", "retry"):
            acts.add_parser(name).add_argument("id", type=UUID)
        log = acts.add_parser("log", help="the newest webhooks of an endpoint with each try")
        log.add_argument("id", type=UUID)
        log.add_argument("--state", default="")
        acts.add_parser("list")
        replay = acts.add_parser("replay", help="send parked webhooks of a time again")
        replay.add_argument("id", type=UUID)
        replay.add_argument("since", type=datetime.fromisoformat)
        replay.add_argument("until", type=datetime.fromisoformat)
        replay.add_argument("--delivered-too", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and print what came of it as JSON."""
        try:
            found = getattr(self, f"_{options['act']}")(options)
        except DomainError as exc:
            raise CommandError(str(exc.code.spec.detail.render("en", **exc.params))) from exc
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, default=str))

    def _add(self, options: dict[str, Any]) -> Any:
        place = organisation_by_code(options["organisation"])
        return {
            "id": services.add_partner(
                actor=_ACTOR,
                code=options["code"],
                name=options["name"],
                organisation_id=place.id,
                scopes=options["scopes"],
            )
        }

    def _endpoint(self, options: dict[str, Any]) -> Any:
        endpoint_id, secret = services.add_endpoint(actor=_ACTOR, code=options["code"], url=options["url"])
        return {"id": endpoint_id, "secret": secret.value}

    def _rotate(self, options: dict[str, Any]) -> Any:
        secret = services.rotate_secret(actor=_ACTOR, endpoint_id=options["id"])
        return {"secret": secret.value, "old_valid_until": secret.valid_until}

    def _enable(self, options: dict[str, Any]) -> Any:
        services.enable_endpoint(actor=_ACTOR, endpoint_id=options["id"])
        return {"enabled": True}

    def _retry(self, options: dict[str, Any]) -> Any:
        return {"queued": services.retry(actor=_ACTOR, webhook_id=options["id"])}

    def _list(self, options: dict[str, Any]) -> Any:
        return selectors.endpoints()

    def _log(self, options: dict[str, Any]) -> Any:
        return selectors.delivery_log(options["id"], state=options["state"])

    def _replay(self, options: dict[str, Any]) -> Any:
        times = (options["since"], options["until"])
        if any(moment.tzinfo is None for moment in times):
            raise CommandError("give times with their offset, such as 2026-11-23T08:00:00+08:00")
        count = services.replay(
            actor=_ACTOR,
            endpoint_id=options["id"],
            since=times[0],
            until=times[1],
            parked_only=not options["delivered_too"],
        )
        return {"queued": count}
