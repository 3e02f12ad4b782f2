"""`python -m config.offline COMMAND`: Django commands that need no database, with throw-away secrets."""

import os
import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.management import execute_from_command_line


class NoDatabase:
    """Has `makemigrations` ask no database what has been applied there."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Nothing is applied anywhere."""
        return False


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    settings.DATABASE_ROUTERS = ["config.offline.NoDatabase"]
    execute_from_command_line([sys.argv[0], *sys.argv[1:]])
