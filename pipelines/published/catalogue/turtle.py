"""A document of JSON-LD in Turtle: the same statements, for programs that read no JSON-LD.

It knows the part of JSON-LD that `dcat` uses: compact names, nodes within nodes, values with a
language or a type.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]


def written(document: Node) -> str:
    """Return a document in Turtle; nodes come in the order in which they are first named."""
    prefixes = [f"@prefix {name}: <{iri}> ." for name, iri in document["@context"].items()]
    nodes: dict[str, Node] = {}
    for node in _nodes({name: each for name, each in document.items() if name != "@context"}):
        nodes.setdefault(node["@id"], node)
    blocks = [f"<{name}>\n    {_statements(node)} .\n" for name, node in nodes.items()]
    return "\n".join([*prefixes, "", *blocks])


def _nodes(node: Node) -> Iterator[Node]:
    """Yield a node with statements of its own, and every one within it, if it has an address."""
    if "@id" in node and len(node) > 1:
        yield node
    for value in node.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from _nodes(each)


def _statements(node: Node) -> str:
    """Return what is said of a node, but for its address."""
    found = [f"a {node['@type']}"] if "@type" in node else []
    for name, value in node.items():
        if not name.startswith("@"):
            values = value if isinstance(value, list) else [value]
            if values:
                found.append(f"{name} " + ", ".join(map(_value, values)))
    return " ;\n    ".join(found)


def _value(value: str | Node) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if "@value" in value:
        language, kind = value.get("@language"), value.get("@type")
        return _quoted(value["@value"]) + (f"@{language}" if language else f"^^{kind}")
    return f"<{value['@id']}>" if "@id" in value else f"[ {_statements(value)} ]"


def _quoted(text: str) -> str:
    """Return a text in quotation marks; Turtle escapes signs as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
