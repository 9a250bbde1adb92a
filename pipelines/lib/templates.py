"""Templates of generated files."""

import json
from functools import cache
from pathlib import Path

import jinja2


@cache
def environment(*folders: Path) -> jinja2.Environment:
    """Return the environment of the templates in some folders; an undefined variable is an error.

    It is the same one for the same folders, which compiles each template once.

    Values are escaped in `*.html.j2` and `*.xml.j2`, and nowhere else. `|quoted` writes a text as
    YAML, JSON and Python read it, `|cell` as a cell of a Markdown table.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # else every rendered file checks its templates for changes
        autoescape=jinja2.select_autoescape(("html.j2", "xml.j2")),
    )
    made.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    made.filters["cell"] = lambda text: str(text).replace("\n", " ").replace("|", r"\|")
    return made
