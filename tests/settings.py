from config.settings import *  # the whole of production, with what only speed asks for

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Hashed names as in production; nothing is pressed for tests.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
# A folder for each test (conftest.py), whatever bucket a developer has at hand.
STORAGES["default"] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
