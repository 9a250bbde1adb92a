"""What a page may load and run: its Content-Security-Policy, written here and nowhere else.

A page runs one script of its own text, the loader, which is named by its hash; what the loader
adds to the page runs too (`strict-dynamic`), and nothing else does: no other text, no handler in
an attribute, no script element that somebody got into a label. Hashes of script files would be
stricter still, but browsers refuse to compare them on pages opened from disk. Styles come from the
site's own files; of style attributes only those that Plotly writes are allowed.
"""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

PLOTLY: Final = Path(__file__).parent / "vendor" / "plotly-cartesian.min.js"
"""The part of plotly.js that draws what our charts draw: a third of the whole, on slow lines too.

`make plotly` fetches the one that belongs to the installed plotly.py, which ships only the whole.
"""

_SCRIPTS: Final = sorted(file.name for file in (Path(__file__).parent / "static").glob("*.js"))
"""The scripts of every page. Plotly's is not among them: chart.js loads it where it is needed."""

_LOADER: Final = (
    "for (const address of {addresses}) {{"
    ' const script = document.createElement("script");'
    " script.src = address; script.async = false; document.head.append(script); }}"
)
# What `<b>` and `<sup>` in a chart become.
_STYLE_ATTRIBUTES: Final = ("font-weight:bold", "font-size:70%")


@cache
def loader(root: str) -> Markup:
    """The text of the only script in a page; `root` leads from the page to the site's folder.

    Addresses stand in it as constants: were they read from the page, whoever gets an element into
    the page could have it load something else.
    """
    addresses = json.dumps([f"{root}static/{name}" for name in _SCRIPTS])
    return Markup(_LOADER.format(addresses=addresses))  # noqa: S704  # nothing of it is data


@cache
def policy(root: str) -> str:
    """The policy of a page from which `root` leads to the site's folder."""
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'strict-dynamic'", _hash(loader(root))],
        "style-src": ["'self'", "'unsafe-hashes'", *_hashes_of_styles()],
        "img-src": ["data:", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(" ".join([name, *allowed]) for name, allowed in directives.items())


@cache
def _hashes_of_styles() -> list[str]:
    """Of the style attributes that Plotly writes, and the style sheets that it holds."""
    sheets = re.findall(r"\.textContent='([^'\\]*)'", PLOTLY.read_text(encoding="utf-8"))
    return [_hash(text) for text in (*_STYLE_ATTRIBUTES, *sheets)]


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
