"""The command line with one page and one form of extract.

Pages and extracts are most of a run's time and have tests of their own: tests of runs need no more
of them, and each is then several times as quick. `python light.py VERB ...`.
"""

import pipelines.exports

pipelines.exports.FORMS = ("csv",)

from pipelines.site import build, home  # noqa: E402  # after what they take from there

build._KINDS = (home,)

if __name__ == "__main__":
    from pipelines.cli import main

    main()
