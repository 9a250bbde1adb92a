"""Make the pages of `TIPSTAT_HOME`'s warehouse, or only write the same bytes again.

    site_job.py pages | floor

`pages` writes the site. `floor` imports the same, then reads, hashes and writes each file of the
site that is there. Prints how many files were made.
"""

import argparse
import hashlib
import tempfile
from pathlib import Path

from pipelines.lib import paths
from pipelines.published.site.build import build_site


def main() -> None:
    """Do one of the two."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("pages", "floor"))
    if parser.parse_args().what == "pages":
        build_site(paths.warehouse(), paths.site())
        print(len([file for file in paths.site().rglob("*") if file.is_file()]))
    else:
        print(_write_again(paths.site(), Path(tempfile.mkdtemp(dir=paths.site().parent))))


def _write_again(site: Path, out: Path) -> int:
    files = [file for file in site.rglob("*") if file.is_file()]
    for file in files:
        content = file.read_bytes()
        hashlib.sha256(content).digest()
        (out / file.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
        (out / file.relative_to(site)).write_bytes(content)
    return len(files)


if __name__ == "__main__":
    main()
