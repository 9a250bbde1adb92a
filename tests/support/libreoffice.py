"""Workbooks as LibreOffice saves them."""

import shutil
import subprocess
from pathlib import Path

import pytest


def saved_by_libreoffice(files: list[Path], folder: Path) -> list[Path]:
    """Open workbooks in LibreOffice and save them; skip where there is none."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice (Debian, Ubuntu: apt-get install libreoffice-calc)")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=900
    )
    return [folder / file.name for file in files]
