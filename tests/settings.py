import os
from urllib.parse import urlsplit

from config.settings import *  # the whole of production, with what only speed asks for

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Hashed names as in production; nothing is pressed for tests.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
# A file is looked for when it is asked for: to read the folder of them all for each client takes longer than its test.
WHITENOISE_AUTOREFRESH = True
# Each process of a run in parallel has a broker and a cache of its own; see `bin/launcher/testing.py`.
_place = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = CELERY_BROKER_URL = urlsplit(REDIS_URL)._replace(path=f"/{2 * _place}").geturl()
os.environ["REDIS_URL"] = REDIS_URL  # … which the programs that it starts share
CACHES["default"]["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{2 * _place + 1}").geturl()
# A folder for each test (conftest.py), whatever bucket a developer has at hand.
STORAGES["default"] = {"BACKEND": "config.folders.FolderStorage"}
