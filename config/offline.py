"""`python -m config.offline COMMAND`: Django commands that need no database, with throw-away secrets."""

import os
import secrets
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    execute_from_command_line([sys.argv[0], *sys.argv[1:]])
