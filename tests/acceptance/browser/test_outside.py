"""Nothing leaves the server, nothing complains; test_every_page.py asks the same from disk."""

import pytest

from browser.visiting import served

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_served(tab, shipped, kinds):
    with served(shipped) as address:
        for file in kinds("pt")[::3]:
            tab.open(f"{address}/{file.relative_to(shipped)}")
            tab.scroll_through()
            assert tab.complaints == [], file
            assert tab.outside(address) == [], file
        tab.page.goto("about:blank")


@pytest.mark.parametrize(
    "spoilt",
    [
        '<img src="https://evil.example/pixel.png" alt="">',
        '<link rel="stylesheet" href="https://evil.example/style.css">',
        "<p onclick='0' id='p'>text</p><script src='data:text/javascript,window.bad=1'></script>",
    ],
    ids=["picture", "style", "script from data"],
)
def test_foreign_content_is_noticed(tab, site, tmp_path, spoilt):
    """The policy stops it, and the browser complains of it."""
    page = (site / "en/country/arg.html").read_text(encoding="utf-8")
    folder = tmp_path / "en" / "country"
    folder.mkdir(parents=True)
    (folder / "arg.html").write_text(page.replace("</main>", f"{spoilt}</main>"), encoding="utf-8")
    (tmp_path / "static").symlink_to(site / "static")
    tab.open((folder / "arg.html").as_uri())
    assert tab.complaints
    assert tab.page.evaluate("window.bad") is None
