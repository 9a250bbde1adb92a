"""Turn templates and their values into pages."""

from functools import cache
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from pipelines.published.charts.signature import foot
from pipelines.published.i18n import foreign_text
from pipelines.published.i18n.language import Language
from pipelines.published.site.content_security import loader, policy
from pipelines.published.site.embed_charts import as_json
from pipelines.published.site.figures.context import File, Site
from pipelines.published.site.figures.view import stem

_TEMPLATES: Final = Path(__file__).parent / "templates"

MENU: Final = (
    ("home", "index.html"),
    ("indicator", "indicator/index.html"),
    ("compare", "compare/index.html"),
    ("gaps", "gaps.html"),
    ("revisions", "revisions.html"),
    ("method", "method.html"),
    ("data", "data.html"),
    ("about", "about.html"),
)
"""The pages in the menu, in order: kind, and path below the language's folder."""


def page(site: Site, template: str, path: str, language: Language, **facts: object) -> File:
    """Return the page at a path below the language's folder, from templates/<template>.html.j2."""
    return f"{language.code}/{path}", _text(site, template, path, language, "../", facts)


def root_page(site: Site, template: str, path: str, language: Language, **facts: object) -> File:
    """Return a page at the root of the site, from templates/<template>.html.j2."""
    return path, _text(site, template, path, language, "", facts)


def _text(
    site: Site, template: str, path: str, language: Language, up: str, facts: dict[str, object]
) -> str:
    """Return the page's text; `up` is the path from the language's folder to the root."""
    return _template(template).render(
        {"drawn": {}} | facts,
        site=site,
        language=language,
        say=language.say,
        name=language.name,
        root=up + "../" * path.count("/"),
        page=path,
        languages=site.languages,
        menu=MENU,
    )


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(f"{name}.html.j2")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["as_json"] = as_json
    environment.filters["foot"] = lambda figure: Markup(foot(figure))  # noqa: S704  # `foot` escapes
    environment.filters["marked"] = foreign_text.marked
    environment.globals.update(policy=policy, loader=loader, stem=stem)
    return environment
