"""Charts in a real browser: readers save them, and go through their figures."""

import base64
import re
import struct
from xml.etree import ElementTree

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

FIGURE = "#victims-int_tests"


def saved(page, form: str, folder):
    with page.expect_download() as download:
        page.locator(f"{FIGURE} [data-image={form}]").click()
    place = folder / download.value.suggested_filename
    download.value.save_as(place)
    return place


def test_an_svg_holds_titles_source_and_date(visit, tmp_path):
    page = visit("es/country/arg.html").page
    place = saved(page, "svg", tmp_path)
    assert place.name == "arg-victims-int_tests-es.svg"
    text = " ".join("".join(ElementTree.parse(place).getroot().itertext()).split())
    headline = page.locator(f"{FIGURE} .headline").inner_text()
    for words in (*headline.split()[:4], "Office of Tests", "14 de abril de 2025", "tipstat"):
        assert words.replace("\u202f", " ") in text.replace("\u202f", " "), words


def test_the_titles_of_an_image_lie_within_it(visit, tmp_path, browser):
    place = saved(visit("es/country/arg.html").page, "svg", tmp_path)
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto(place.as_uri())
    outside = page.evaluate(
        """() => [...document.querySelectorAll("text")].filter((text) => {
            const box = text.getBoundingClientRect(), whole = document.documentElement;
            return box.width && (box.top < 0 || box.left < 0 || box.right > 800
                || box.bottom > Number(whole.getAttribute("height")));
        }).map((text) => text.textContent)"""
    )
    page.close()
    assert outside == []


def test_a_png_is_twice_as_fine_as_the_screen(visit, tmp_path):
    page = visit("pt/country/arg.html").page
    content = saved(page, "png", tmp_path).read_bytes()
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    shown = page.locator(f"{FIGURE} .chart").bounding_box()["height"]
    assert width == 1600
    assert height > 2 * shown  # the titles, which the page has above the chart


def test_saving_is_announced_and_the_button_has_a_name_of_its_own(visit, tmp_path):
    page = visit("en/country/arg.html").page
    headline = page.locator(f"{FIGURE} .headline").inner_text()
    button = page.get_by_role("button", name=f"Image (SVG) {headline}")
    button.focus()
    with page.expect_download():
        page.keyboard.press("Enter")
    text = page.locator(f"{FIGURE} [role=status]")
    sync_api.expect(text).to_have_text("Image saved: arg-victims-int_tests-en.svg")
    size = button.bounding_box()
    assert min(size["width"], size["height"]) >= 24


def test_an_image_that_cannot_be_made_is_announced(visit):
    page = visit("en/country/arg.html").page
    page.evaluate("() => { Plotly.toImage = () => Promise.reject(new Error('no memory')) }")
    page.locator(f"{FIGURE} [data-image=png]").click()
    text = page.locator(f"{FIGURE} [role=status]")
    sync_api.expect(text).to_have_text("The image could not be made.")


def test_the_arrow_keys_lead_through_the_figures(visit):
    """From 2022, the last: 2021 is 50; 2019 is suppressed; 2017 is withheld, so has no mark."""
    page = visit("en/country/arg.html").page
    slider = page.locator(f"{FIGURE} .walk input")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "2021 – 50"
    sync_api.expect(page.locator(f"{FIGURE} .hoverlayer")).to_contain_text("50")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext").startswith("2019 – <5 – suppressed")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext").startswith("2017 – ")
    sync_api.expect(page.locator(f"{FIGURE} .hoverlayer text")).to_have_count(0)


def test_announced_rows_are_those_of_the_table(visit):
    page = visit("fr/country/arg.html").page
    slider, rows = page.locator(f"{FIGURE} .walk input"), page.locator(f"{FIGURE} tbody tr")
    page.locator(f"{FIGURE} summary").click()
    slider.focus()
    page.keyboard.press("Home")
    for at in range(rows.count()):
        text = " ".join(slider.get_attribute("aria-valuetext").split())
        cells = [
            " ".join(cell.split()) for cell in rows.nth(at).locator("th, td").all_inner_texts()
        ]
        assert text.split(" – ")[:2] == cells[:2]
        page.keyboard.press("ArrowRight")


def test_a_long_table_is_closed_until_it_is_asked_for_or_printed(visit):
    """The words beside it are read out all the same."""
    page = visit("en/country/arg.html").page
    table = page.locator(f"{FIGURE} table")
    words = "Chart by year, 2014–2022."
    image = f"{FIGURE} .chart"
    sync_api.expect(table).not_to_be_visible()
    assert table.locator("tbody tr").count() == 9
    sync_api.expect(page.locator(image)).to_have_accessible_description(re.compile(words))
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sync_api.expect(table).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    sync_api.expect(table).not_to_be_visible()
    page.locator(f"{FIGURE} summary").press("Enter")
    sync_api.expect(table).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    sync_api.expect(table).to_be_visible()


def test_a_short_table_stays_open(visit):
    page = visit("en/country/chl.html").page
    table = page.locator(f"{FIGURE} table")
    assert table.locator("tbody tr").count() <= 4
    sync_api.expect(table).to_be_visible()


def test_the_page_prints_source_and_edition_below_the_chart(visit):
    """It is text that wraps in a narrow window, and stands once."""
    page = visit("en/country/arg.html", width=320).page
    page.evaluate("window.allDrawn()")
    text = page.locator(f"{FIGURE} .origin").inner_text()
    for words in ("Detected victims only", "Office of Tests", "14 April 2025", "tipstat"):
        assert words in text, words
    assert "Office of Tests" not in page.locator(f"{FIGURE} .chart").inner_text()


def test_without_scripts_there_is_nothing_that_does_nothing(visit):
    page = visit("en/country/arg.html", java_script_enabled=False).page
    assert page.locator("button:visible, input[type=range]:visible, .chart:visible").count() == 0
    assert page.locator(f"{FIGURE} .files a:visible").count() == 4


def test_a_link_leads_to_the_chart(visit):
    page = visit("en/country/arg.html").page
    page.locator(f"{FIGURE}-link").click()
    assert page.evaluate("location.hash") == FIGURE


@pytest.fixture
def compared(tab, shipped):
    """Two states chosen of those that may be compared."""
    tab.complaints.clear()
    tab.go(shipped / "es/compare/vic_detect-int_unodc_glotip.html")
    tab.page.locator("[data-choose=none]").click()
    for state in ("arg", "bra"):
        tab.page.locator(f".chooser input[value={state}]").check()
    return tab


def squeezed(text: str) -> str:
    """The text without spaces, which stand elsewhere where lines end."""
    return "".join(text.split())


def test_an_image_of_small_multiples_holds_the_panels_that_are_shown(compared, tmp_path):
    page, place = compared.page, tmp_path / "panels.svg"
    with page.expect_download() as download:
        page.locator("#counts [data-image=svg]").click()
    download.value.save_as(place)
    assert download.value.suggested_filename == "vic_detect-int_unodc_glotip-counts-es.svg"
    text = squeezed("".join(ElementTree.parse(place).getroot().itertext()))
    expected = [
        *page.locator("#counts :is(.headline, .key li, .notes li)").all_inner_texts(),
        "Argentina", "Brasil", "UNODC", "14 de abril de 2025", "tipstat",
    ]  # fmt: skip
    assert [words for words in expected if squeezed(words) not in text] == []
    assert "Canadá" not in text
    assert compared.complaints == [], "what is drawn breaks the policy of the page"


def test_a_png_of_small_multiples_shows_what_its_svg_does(compared, tmp_path):
    page, place = compared.page, tmp_path / "panels.png"
    with page.expect_download() as download:
        page.locator("#rates [data-image=png]").click()
    download.value.save_as(place)
    page.set_content("<img>")
    shades = page.evaluate(
        """async (bytes) => {
            const image = new Image();
            image.src = `data:image/png;base64,${bytes}`;
            await image.decode();
            const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
            pen.drawImage(image, 0, 0);
            const { data } = pen.getImageData(0, 0, image.width, image.height);
            return [image.width, new Set(new Uint32Array(data.buffer)).size];
        }""",
        base64.b64encode(place.read_bytes()).decode(),
    )
    assert shades[0] == 1600
    assert shades[1] > 20
