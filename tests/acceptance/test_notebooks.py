"""The notebooks run from top to bottom on the shipped figures, and come without outputs."""

import json
import re
import shutil
from pathlib import Path

import pytest
from answers import compare
from conftest import ROOT

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def stripped(path: Path) -> str:
    """The notebook as nobody has run it yet."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"] = METADATA
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Jupyter's own folder; the name of a socket in it must be short."""
    folder = tmp_path_factory.mktemp("k")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("IPYTHONDIR", str(folder))
    return folder


@pytest.mark.slow
def test_notebooks_run_to_their_end(home: Path, short: Path, monkeypatch) -> None:
    """One after another in one kernel, which spares the imports; each begins without a name."""
    import nbformat  # not at the top: checking addresses by a grammar takes seconds to import
    from nbclient import NotebookClient
    from traitlets.config import Config

    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    monkeypatch.delenv("TIPSTAT_HOME", raising=False)
    notebooks = [nbformat.read(path, as_version=4) for path in NOTEBOOKS]
    every = nbformat.v4.new_notebook(metadata=METADATA)
    for each in notebooks:
        every.cells += [nbformat.v4.new_code_cell("%reset -f"), *each.cells]
    # The kernel is spoken to through files, since the tests close the network.
    sockets = {"transport": "ipc", "ip": str(short / "kernel")}
    NotebookClient(
        every,
        timeout=60,
        config=Config(ConnectionFileMixin=sockets),
        resources={"metadata": {"path": str(home / "notebooks")}},
    ).execute()
    for path, notebook in zip(NOTEBOOKS, notebooks, strict=True):
        _, *asking = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert asking
        for cell in asking:
            assert cell.outputs, (path.stem, cell.id)
            assert "stream" not in [each.output_type for each in cell.outputs], (path.stem, cell.id)
            texts = [each.data.get("text/plain", "") for each in cell.outputs]
            assert not [text for text in texts if text == "''" or "Empty DataFrame" in text]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_published_views_alone_and_is_stored_as_nobody_ran_it(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "\n".join(
        line for cell in cells if cell["cell_type"] == "code" for line in cell["source"]
    )
    assert "read_only=True" in code
    assert re.findall(r"\b(?:harmonised|main|codelist)\.|data/", code) == []
    names = [cell["id"] for cell in cells]
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert len(set(names)) == len(names)
    compare(path, stripped(path))
