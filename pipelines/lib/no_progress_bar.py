"""Import this before DuckDB in a process that has no script, and DuckDB draws no progress bar.

DuckDB draws one in an interactive session, which it takes a process for whose main module has no
file. Processes that the forkserver starts have none.
"""

import sys

main = sys.modules["__main__"]
if not hasattr(main, "__file__"):
    main.__file__ = ""
