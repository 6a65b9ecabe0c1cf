#!/usr/bin/env python
"""Django's command line. `bin/manage` calls it inside the environment."""

import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # it names the variable, and a traceback would hide it
        sys.exit(f"✗ {error}")
    except BrokenPipeError:  # nobody reads any more, as after `bin/manage registry | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + signal.SIGPIPE)
