"""`manage.py play_hotline`: a scripted day of the hotline, each order explained by its journal."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.inquiries import play
from kernel.actors import Actor, ActorKind, Grant


class Command(BaseCommand):
    """Plays orders over all channels and levels through every exit, and checks the journal. For installations without
    real citizens: it makes people and orders."""

    help = "Play a day of the hotline (300 orders) and explain each order by its journal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--orders", type=int, default=300)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        stage, played = play.play_day(options["orders"])
        auditor = Actor(ActorKind.OFFICIAL, grants=frozenset({Grant("auditor", stage.centre.id, stage.centre.path)}))
        faults = {order_id: found for order_id in played if (found := play.explained(auditor, order_id))}
        for name, counted in play.summary(played).items():
            self.stdout.write(f"{name}: " + ", ".join(f"{key} {count}" for key, count in counted.most_common()))
        for order_id, found in list(faults.items())[:20]:
            self.stderr.write(f"{order_id}: {'; '.join(found)}")
        if faults:
            raise CommandError(f"{len(faults)} of {len(played)} orders are not explained by their journal")
        self.stdout.write(f"{len(played)} orders, each explained by its journal")
