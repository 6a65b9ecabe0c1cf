"""Everything from a bare machine to a running Nämndverk, with Python's standard library only.

It runs before there is a virtual environment, so it imports nothing that has to be installed.

    serve : manage : testing : bench : checks
      ▶ preparation (machine, database) ▶ packages, environment, translations
      ▶ services ▶ postgres ▶ privileges, and broker
      ▶ processes ▶ nursery (Django loaded once, the processes forked from it)
      ▶ places (folders, secrets, locks) ▶ report (what is said)
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  the machine's own Python runs this, not the project's
    sys.exit("Nämndverk needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
