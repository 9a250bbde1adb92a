"""Nothing leaves the folder, nothing complains: from disk and served, under the policy."""

import pytest
from invented_site import LANGUAGES

from browser.visiting import Visit, served

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def outside(opened: Visit, root: str) -> list[str]:
    """The requests that left the site."""
    assert opened.requests
    return [url for url in opened.requests if not url.startswith((root, "data:,"))]


@pytest.mark.parametrize(
    "language",
    [
        "es",
        *(
            pytest.param(each, marks=pytest.mark.exhaustive)
            for each in sorted({*LANGUAGES} - {"es"})
        ),
    ],
)
def test_from_disk(browser, shipped, kinds, language):
    for file in kinds(language):
        opened = Visit(browser, file.as_uri())
        opened.scroll_through()
        assert opened.complaints == [], file
        assert outside(opened, shipped.as_uri()) == [], file
        opened.close()


def test_served(browser, shipped, kinds):
    with served(shipped) as address:
        for file in kinds("pt")[::3]:
            opened = Visit(browser, f"{address}/{file.relative_to(shipped)}")
            opened.scroll_through()
            assert opened.complaints == [], file
            assert outside(opened, address) == [], file
            opened.close()


@pytest.mark.parametrize(
    "spoilt",
    [
        '<img src="https://evil.example/pixel.png" alt="">',
        '<link rel="stylesheet" href="https://evil.example/style.css">',
        "<p onclick='0' id='p'>text</p><script src='data:text/javascript,window.bad=1'></script>",
    ],
    ids=["picture", "style", "script from data"],
)
def test_foreign_content_is_noticed(browser, site, tmp_path, spoilt):
    """The policy stops it, and the browser complains of it."""
    page = (site / "en/country/arg.html").read_text(encoding="utf-8")
    folder = tmp_path / "en" / "country"
    folder.mkdir(parents=True)
    (folder / "arg.html").write_text(page.replace("</main>", f"{spoilt}</main>"), encoding="utf-8")
    (tmp_path / "static").symlink_to(site / "static")
    opened = Visit(browser, (folder / "arg.html").as_uri())
    assert opened.complaints
    assert opened.page.evaluate("window.bad") is None
    opened.close()
