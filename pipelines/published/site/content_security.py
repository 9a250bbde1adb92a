"""The pages' Content-Security-Policy: the scripts and styles that a page may load and run.

A page runs one inline script, the loader, which the policy names by its hash. Scripts that the
loader adds run too (`strict-dynamic`); nothing else does: no other inline script, no event handler
in an attribute, no script element smuggled into a label. Hashes of script files would be stricter
still, but browsers do not check them on pages opened from disk. Style sheets must be the site's
own; style attributes are allowed only where Plotly writes them.
"""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

PLOTLY: Final = Path(__file__).parent / "vendor" / "plotly-basic.min.js"
"""The basic bundle of plotly.js: all our charts need, and a quarter of the full size.

`make plotly` fetches the version that matches the installed plotly.py, which ships only the full
bundle.
"""

_SCRIPTS: Final = (
    "edition.js",
    "load.js",
    "draw.js",
    "search.js",
    "page.js",
)
"""The scripts of every page, in order. draw.js loads plotly.js only where a page has a chart."""

_LOADER: Final = (
    'document.addEventListener("DOMContentLoaded", () => {{ for (const address of {addresses}) {{'
    ' const script = document.createElement("script");'
    " script.src = address; script.async = false; document.head.append(script); }} }});"
)
"""Only when the page is whole, since the scripts read the charts in its last element."""

_PRELOAD: Final = (
    'document.head.append(Object.assign(document.createElement("link"),'
    ' {{ rel: "preload", as: "script", href: {address} }}));\n'
)
"""Where a page has a chart, the browser compiles plotly.js while it still reads the page."""
# Plotly turns `<b>` and `<sup>` in a chart into these.
_STYLE_ATTRIBUTES: Final = ("font-weight:bold", "font-size:70%")


@cache
def loader(root: str, own: tuple[str, ...] = (), *, has_charts: bool = False) -> Markup:
    """Return the text of a page's only inline script.

    Args:
        root: the path to the site's folder.
        own: scripts that only this kind of page loads, before page.js.
        has_charts: whether the page has a chart to draw.

    It holds the addresses as constants: if it read them from the page, an injected element could
    make it load something else.
    """
    *shared, last = _SCRIPTS
    addresses = json.dumps([f"{root}static/{name}" for name in (*shared, *own, last)])
    preload = _PRELOAD.format(address=json.dumps(f"{root}static/{PLOTLY.name}"))
    text = _LOADER.format(addresses=addresses)
    return Markup(preload + text if has_charts else text)  # noqa: S704  # made of constants only


@cache
def policy(root: str, own: tuple[str, ...] = (), *, has_charts: bool = False) -> str:
    """Return the policy of a page; the arguments are those of `loader`."""
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'strict-dynamic'", _hash(loader(root, own, has_charts=has_charts))],
        "style-src": ["'self'", "'unsafe-hashes'", *_hashes_of_styles()],
        "img-src": ["data:", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(" ".join([name, *allowed]) for name, allowed in directives.items())


@cache
def _hashes_of_styles() -> list[str]:
    """Return the hashes of the style attributes and style sheets that Plotly writes."""
    sheets = re.findall(r"\.textContent='([^'\\]*)'", PLOTLY.read_text(encoding="utf-8"))
    return [_hash(text) for text in (*_STYLE_ATTRIBUTES, *sheets)]


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
