"""Nothing leaves the server, nothing complains; test_every_page.py asks the same from disk."""

import pytest

from browser.visiting import Visit, served

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_served(browser, shipped, kinds):
    with served(shipped) as address:
        for file in kinds("pt")[::3]:
            opened = Visit(browser, f"{address}/{file.relative_to(shipped)}")
            opened.scroll_through()
            assert opened.complaints == [], file
            assert opened.outside(address) == [], file
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
