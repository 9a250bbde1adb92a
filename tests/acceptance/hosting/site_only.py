"""The command where nothing is installed but `requirements-site.txt`, as in the site's image."""

import re
import sys
from importlib.abc import MetaPathFinder
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[3]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


class Refusing(MetaPathFinder):
    """Finds no module of any other package."""

    def __init__(self) -> None:
        lock = (ROOT / "requirements-site.txt").read_text(encoding="utf-8")
        there = {normal(name) for name in re.findall(r"^([\w.-]+)(?:\[.+\])?==", lock, re.M)}
        self.absent = {
            module
            for module, owners in packages_distributions().items()
            if not {normal(owner) for owner in owners} & {*there, "tipstat"}
        }

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse a module of a package that is not in the lock; leave others to who comes next."""
        if name.partition(".")[0] in self.absent:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


if __name__ == "__main__":
    sys.meta_path.insert(0, Refusing())
    from pipelines.cli.app import main

    main()
