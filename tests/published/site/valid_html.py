"""Check that a page is valid HTML, and list its links.

Parse errors are those of the standard's parsing algorithm (justhtml). A parser forgives elements in
the wrong place, so these are checked for the elements that pages use.
"""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from justhtml import Element, JustHTML

PHRASING = (
    "a abbr b bdi bdo br button cite code data dfn em i img input kbd label mark noscript output "
    "q s samp script select small span strong sub sup svg template time u var wbr"
)
"""Elements that may be part of a line of text."""

LINES = (
    "a abbr b bdi button cite code dfn em h1 h2 h3 h4 i kbd label mark p small span strong sub "
    "sup time summary"
)
"""Elements that contain lines of text only; our pages have no link around a block."""

CHILDREN = {
    "ul": "li", "ol": "li", "dl": "dt dd div", "table": "caption colgroup thead tbody tfoot",
    "thead": "tr", "tbody": "tr", "tfoot": "tr", "tr": "th td", "select": "option optgroup hr",
    "html": "head body", "datalist": "option",
}  # fmt: skip
"""Elements that contain only these."""

PARENTS = {
    "li": "ul ol", "dt": "dl div", "dd": "dl div", "caption": "table", "thead": "table",
    "tbody": "table", "tfoot": "table", "tr": "thead tbody tfoot", "td": "tr", "th": "tr",
    "figcaption": "figure",
    "summary": "details", "option": "select datalist optgroup", "main": "body",
}  # fmt: skip
"""Elements that only these may contain."""

VOID = "area base br col embed hr img input link meta source track wbr"
REFERENCES = (
    "aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list",
    "popovertarget",
)  # fmt: skip
INTERACTIVE = "a button input select textarea label details"


def elements(document: JustHTML) -> Iterator[Element]:
    """Yield every HTML element in order, without the content of SVG."""
    waiting = [document.root]
    while waiting:
        node = waiting.pop()
        children = getattr(node, "children", None) or []
        if isinstance(node, Element):
            yield node
        if getattr(node, "name", "") != "svg":
            waiting += reversed(children)


class Signs(HTMLParser):
    """Find faults in the source of a page that justhtml does not report.

    Parsing moves elements out of a table that may not be in it, so they are found here.
    """

    def __init__(self, text: str):
        super().__init__(convert_charrefs=False)
        self.wrong: list[str] = []
        self.open = [""]
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note attributes that are given twice, and elements that may not be in a list or table."""
        names = Counter(name for name, _ in attrs)
        self.wrong += [f"<{tag} {name} {name}>" for name, times in names.items() if times > 1]
        around = self.open[-1]
        if around in CHILDREN and tag not in (*CHILDREN[around].split(), "script", "template"):
            self.wrong.append(f"<{tag}> in <{around}>")
        if tag not in VOID.split():
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Leave the element, and unclosed elements in it."""
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_entityref(self, name):
        """Note entities other than those that must be escaped."""
        self.wrong += [] if name in ("amp", "lt", "gt", "quot") else [f"&{name};"]

    def handle_data(self, data):
        """Note a bare ampersand."""
        self.wrong += ["a bare &"] if self.cdata_elem is None and "&" in data else []


def parsed(text: str) -> JustHTML:
    """Return a page as the standard parses it."""
    return JustHTML(text, sanitize=False, collect_errors=True)


def faults(text: str, document: JustHTML) -> list[str]:
    """Return what is not valid HTML."""
    found = list(elements(document))
    wrong = [f"{error.line}:{error.column} {error.code}" for error in document.errors]
    for element in found:
        wrong += _place(element)
    return wrong + _identities(found) + Signs(text).wrong


def _place(element: Element) -> list[str]:
    name, parent = element.name, element.parent.name if element.parent else ""
    wrong = []
    if parent in LINES.split() and name not in PHRASING.split():
        wrong.append(f"<{name}> in <{parent}>")
    if name in PARENTS and parent not in PARENTS[name].split():
        wrong.append(f"<{name}> in <{parent}>")
    if name in INTERACTIVE.split() and parent in ("a", "button"):
        wrong.append(f"<{name}> in <{parent}>")
    return wrong


def _identities(found: list[Element]) -> list[str]:
    """Return ids that are given twice, and references to ids that do not exist."""
    given = Counter(each.attrs["id"] for each in found if "id" in each.attrs)
    wrong = [f"id {name!r} given {times} times" for name, times in given.items() if times > 1]
    wrong += [f"id {name!r}" for name in given if not name or " " in name]
    return wrong + [
        f"{attribute}={name!r} is nowhere"
        for element in found
        for attribute in REFERENCES
        for name in (element.attrs.get(attribute) or "").split()
        if name not in given
    ]


def addresses(document: JustHTML) -> list[str]:
    """Return the addresses that the page links to or loads."""
    named = [element.attrs.get(key) for element in elements(document) for key in ("href", "src")]
    return [address for address in named if address]
