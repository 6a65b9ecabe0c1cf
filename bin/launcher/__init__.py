"""Everything from a bare machine to a running Nämndverk, with Python's standard library only.

It runs before there is a virtual environment, so it imports nothing that has to be installed.

    serve ▶ (testing : manage : checks) ▶ preparation ▶ services ▶ (postgres : broker) ▶ privileges
                                        ▶ environment ▶ packages ▶ places ▶ report
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  the machine's own Python runs this, not the project's
    sys.exit("Nämndverk needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
