"""Templates of generated files."""

from pathlib import Path

import jinja2


def environment(*folders: Path) -> jinja2.Environment:
    """Return the environment of the templates in some folders; a variable without value is refused.

    Values are escaped in `*.html.j2` and `*.xml.j2`, and nowhere else.
    """
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # else each file that is made looks at its templates again
        autoescape=jinja2.select_autoescape(("html.j2", "xml.j2")),
    )
