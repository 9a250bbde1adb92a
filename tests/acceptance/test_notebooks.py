"""The notebooks run from top to bottom on the shipped figures, and come without outputs."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

each_notebook = pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem
)


def read(path: Path) -> dict:
    notebook: dict = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def stripped(path: Path) -> str:
    """The notebook as nobody has run it yet."""
    notebook = read(path)
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


@each_notebook
@pytest.mark.slow
def test_a_notebook_runs_to_its_end(path: Path, home: Path, short: Path, monkeypatch) -> None:
    import nbformat  # not at the top: checking addresses by a grammar takes seconds to import
    from nbclient import NotebookClient
    from traitlets.config import Config

    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    monkeypatch.delenv("TIPSTAT_HOME", raising=False)
    notebook = nbformat.read(path, as_version=4)
    # The kernel is spoken to through files, since the tests close the network.
    sockets = {"transport": "ipc", "ip": str(short / "kernel")}
    NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        config=Config(ConnectionFileMixin=sockets),
        resources={"metadata": {"path": str(home / "notebooks")}},
    ).execute()
    _, *asking = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kinds = {cell.id: [output.output_type for output in cell.outputs] for cell in asking}
    assert [
        identity for identity, outputs in kinds.items() if "stream" in outputs or not outputs
    ] == []
    texts = [
        output.data.get("text/plain", "") for cell in asking for output in cell.outputs
    ]  # fmt: skip
    assert not [text for text in texts if text == "''" or "Empty DataFrame" in text]


@each_notebook
def test_a_notebook_reads_published_views_only(path: Path) -> None:
    cells = read(path)["cells"]
    code = "\n".join(
        line for cell in cells if cell["cell_type"] == "code" for line in cell["source"]
    )
    assert "read_only=True" in code
    assert re.findall(r"\b(?:harmonised|main|codelist)\.|data/", code) == []


@each_notebook
def test_a_notebook_is_stored_without_outputs(path: Path, tmp_path: Path) -> None:
    fresh = tmp_path / path.name
    fresh.write_text(stripped(path), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == stripped(path), f"cp {fresh} {path}"


@each_notebook
def test_cells_of_a_notebook_have_names(path: Path) -> None:
    names = [cell["id"] for cell in read(path)["cells"]]
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert len(set(names)) == len(names)
