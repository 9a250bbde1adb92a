"""The notebooks run from top to bottom on the shipped figures, and come without outputs."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
NOT_PUBLISHED = re.compile(r"\bharmonised\.|\bmain\.|data/harmonised")

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_of(path: Path) -> list[dict]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@each_notebook
def test_it_runs_from_top_to_bottom(
    path: Path, home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch
) -> None:
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    monkeypatch.delenv("TIPSTAT_HOME", raising=False)
    # Sockets of the file system, since those of the network are closed; their names must be short.
    short = tmp_path_factory.mktemp("k")
    for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(short))
    notebook = nbformat.read(home / "notebooks" / path.name, as_version=4)
    kernel = AsyncKernelManager(transport="ipc", kernel_name="python3")
    client = NotebookClient(
        notebook, km=kernel, timeout=60, resources={"metadata": {"path": home / "notebooks"}}
    )
    client.execute()
    (home / path.name).write_text(nbformat.writes(notebook), encoding="utf-8")
    said = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output for output in said if output["output_type"] == "stream"] == []
    assert len(said) >= len(code_of(path)) - 1
