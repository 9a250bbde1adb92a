"""Turn templates and their values into pages."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, Final

import jinja2
import orjson
from markupsafe import Markup

from pipelines.lib import templates
from pipelines.published.site import glossary
from pipelines.published.site.block import Block, drawn, source_lines
from pipelines.published.site.content_security import loader, policy
from pipelines.published.site.context import EDITION, File, Site, standard_path
from pipelines.words import foreign_text
from pipelines.words.language import Language

_TEMPLATES: Final = Path(__file__).parent / "templates"

MENU: Final = (
    ("home", "index.html"),
    ("explorer", "explorer.html"),
    ("item26", "item26.html"),
    ("indicator", "indicator/index.html"),
    ("method", "method.html"),
)
"""The pages in the bar, in order: kind, and path below the language's folder."""

FOOT_MENU: Final = (
    ("knowledge", "knowledge/index.html"),
    ("standard", standard_path("index")),
    ("revisions", "revisions.html"),
    ("data", "data.html"),
    ("about", "about.html"),
    ("check", "check.html"),
)
"""The pages in the foot, the last where there is one."""

_EMBED_LOWEST: Final = 660
"""Pixels that a figure and its texts need on a laptop."""

_EDITION: Final = Markup('<span class="edition">tipstat</span>')
"""The place of the edition on a page; without scripts, the page about tipstat names it."""


def page(
    site: Site,
    template: str,
    path: str,
    language: Language,
    blocks: Sequence[Block] = (),
    scripts: tuple[str, ...] = (),
    **facts: object,
) -> File:
    """Return a page, made from templates/<template>.html.j2.

    Args:
        site: what all pages share.
        template: name of the template.
        path: path of the page below the language's folder.
        language: the reader's.
        blocks: the blocks of the page, with their charts.
        scripts: scripts of this kind of page alone.
        facts: further values for the template; `dataset` describes the page for search engines,
            `has_picture` says whether there is a picture of the page itself, `has_charts` whether
            scripts draw charts that are in no block.
    """
    up = "../" * (path.count("/") + 1)
    text = _text(site, template, path, language, up, scripts, {"blocks": blocks, **facts})
    return f"{language.code}/{path}", text


def foot_menu(site: Site) -> Sequence[tuple[str, str]]:
    """Return the pages in the foot that a site has."""
    return FOOT_MENU if site.has_check else FOOT_MENU[:-1]


def root_page(site: Site, template: str, path: str, language: Language, **facts: object) -> File:
    """Return a page at the root of the site, from templates/<template>.html.j2."""
    return path, _text(site, template, path, language, "", (), facts)


def _text(
    site: Site,
    template: str,
    path: str,
    language: Language,
    root: str,
    scripts: tuple[str, ...],
    facts: Mapping[str, Any],
) -> str:
    blocks = [block for block in facts.get("blocks", ()) if block.chart and block.chart.figure]
    described = facts.get("dataset")
    return fill(
        f"{template}.html",
        **{
            "has_picture": False,
            "has_charts": bool(blocks),
            **facts,
            "dataset": as_json(described) if described else "",
        },
        site=site,
        language=language,
        say=language.say,
        next_number=count(1).__next__,
        name=language.name,
        root=root,
        home=f"{root}{language.code}/",
        page=path,
        kind=path.split("/")[0].removesuffix(".html"),
        scripts=scripts,
        languages=site.languages,
        foot_menu=foot_menu(site),
        drawn=as_json(drawn(blocks, language)) if blocks else "",
    )


def fill(template: str, **values: object) -> str:
    """Return the text of templates/<template>.j2 with its values."""
    return _environment().get_template(f"{template}.j2").render(values)


def embed_size(on_a_phone: int = 980) -> str:
    """Return the attributes that size a figure on another site's page: the wider, the lower.

    Texts take more lines on a phone, and the chart takes what they leave. Sites that allow no
    styles show the height of a phone.
    """
    share = (on_a_phone - _EMBED_LOWEST) / (1280 - 390)  # widths of a laptop and a phone
    height = f"{on_a_phone + 390 * share:.0f}px - {100 * share:.0f}vw"
    bounds = f"clamp({_EMBED_LOWEST}px,{height},{on_a_phone}px)"
    return f'width="100%" height="{on_a_phone}" style="height:{bounds}" loading="lazy"'


def as_json(value: object) -> Markup:
    """Return a value as JSON that is safe inside a script element."""
    text = orjson.dumps(value).decode()
    for sign, code in (("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e")):
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704  # nothing is left in it that could end the element


@cache
def _environment() -> jinja2.Environment:
    environment = templates.environment(_TEMPLATES)
    environment.filters["marked"] = foreign_text.marked
    environment.filters["with_edition"] = lambda text: text.replace(EDITION, _EDITION)
    environment.globals.update(
        zip=partial(zip, strict=True),
        policy=policy,
        loader=loader,
        explained_parts=glossary.parts,
        edition=_EDITION,
        menu=MENU,
        standard_path=standard_path,
        source_lines=source_lines,
    )
    return environment
