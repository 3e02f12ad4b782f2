"""REST, webhooks and pages, served by granian in WSGI mode."""

import os

from django.core.wsgi import get_wsgi_application

from config.bodies import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
application = whole_bodies(get_wsgi_application())
