"""What a server runs: ``gunicorn placeplan.web.wsgi`` with ``DJANGO_SETTINGS_MODULE`` set."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placeplan.web.settings.production")
application = get_wsgi_application()
