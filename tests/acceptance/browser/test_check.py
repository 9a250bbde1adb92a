"""The page that checks a questionnaire: it names what Python names, and sends nothing anywhere."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import faulty_forms
import filled_forms
import mistyped_forms
import pytest
from libreoffice import saved_by_libreoffice
from parsed_page import LANGUAGES

from browser import faults
from browser.visiting import Visit, served
from pipelines.questionnaire import delimited, reading, workbook
from pipelines.questionnaire.answers import FormRefusedError
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import Form, asked
from pipelines.questionnaire.published_figures import Known

exhaustive = pytest.mark.exhaustive

FOUND = """() => [...new Set([
    ...Array.from(document.querySelectorAll('#check-list [data-code]'),
        ({ dataset }) => `${dataset.place}: ${dataset.code}${dataset.stops === 'true' ? '' : '?'}`),
    ...Array.from(document.querySelectorAll('[data-refusal]'), (each) => each.dataset.refusal)
])].sort()"""


class Checking:
    """The page in a tab: which files were chosen, and what it says of the last."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.chosen = visit, 0
        visit.page.wait_for_function("document.querySelector('#check-file').checkVisibility()")

    def faults(self, file: Path) -> list[str]:
        """Choose a file, and return place and code of what the page names."""
        self.chosen += 1
        self.visit.page.set_input_files("#check-file", [])  # as a click on it does
        self.visit.page.set_input_files("#check-file", file)
        self.visit.page.wait_for_selector(f'#check-found[data-of="{self.chosen}"]')
        return self.visit.page.evaluate(FOUND)


def by_python(file: Path) -> list[str]:
    """Return the same as Python names it, without what needs the figures published before."""
    try:
        checked = Checked(reading.read_here(file), Known())
    except FormRefusedError as refusal:
        return [refusal.code]
    return sorted(
        {f"{each.place}: {each.code}{'' if each.stops else '?'}" for each in checked.problems
         if not each.explained}
    )  # fmt: skip


@pytest.fixture(scope="module")
def checking(browser, site):
    """The page opened from disk; it stays open for one file after another."""
    visit = Visit(browser, (site / "en/check.html").as_uri())
    yield Checking(visit)
    visit.close()


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """A form that is filled in and contradicts nothing."""
    return filled_forms.write(tmp_path_factory.mktemp("sound") / "form.xlsx")


@pytest.mark.parametrize(("first", "last"), [(0, 8), pytest.param(8, 200, marks=exhaustive)])
def test_one_fault_is_named_as_python_names_it(checking, tmp_path, first, last) -> None:
    assert last - first == len([*_compared(checking, _one_fault, tmp_path, first, last)])


@pytest.mark.parametrize(("first", "last"), [(0, 5), pytest.param(5, 200, marks=exhaustive)])
def test_many_faults_are_named_as_python_names_them(checking, tmp_path, first, last) -> None:
    """Whatever is typed anywhere; the sample has many kinds, else it would say little."""
    named = _compared(checking, mistyped_forms.write, tmp_path, first, last)
    assert len({each.rpartition(" ")[2] for found in named for each in found}) > 12


def _one_fault(place: Path, seed: int) -> Path:
    place.write_bytes(faulty_forms.make(seed).content)
    return place


def _compared(
    checking: Checking, write: Callable[[Path, int], Path], folder: Path, first: int, last: int
) -> Iterator[list[str]]:
    """Yield what is named in each form, which must be the same in both."""
    for seed in range(first, last):
        file = write(folder / "form.xlsx", seed)
        found = by_python(file)
        assert checking.faults(file) == found, seed
        yield found


def _plain(form: Form, seed: int, between: str) -> str:
    """Return a filled form in the plain CSV layout, with faults in some cells."""
    draw = random.Random(seed)
    given = filled_forms.stated(form) | filled_forms.figures(form, seed)
    names = {form.key(each): each.name for each in asked()}
    lines = [*csv.reader(io.StringIO(delimited.plain(form, {})))]
    for line in lines[2:]:
        line[4] = given.get(names[line[0]], "")
        if draw.random() < 0.1:
            column = draw.randint(4, 6)
            values = {4: mistyped_forms.NUMBERS, 5: mistyped_forms.TEXTS, 6: mistyped_forms.MARKS}
            line[column] = f"{draw.choice(values[column])}"
    text = io.StringIO()
    csv.writer(text, delimiter=between).writerows(lines)
    return text.getvalue()


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_plain_csv_is_read_too(checking, tmp_path, between) -> None:
    file = tmp_path / "form.csv"
    file.write_text(_plain(mistyped_forms.form_of(300), 0, between), encoding="utf-8-sig")
    found = by_python(file)
    assert found
    assert checking.faults(file) == found


def test_a_form_without_faults_may_be_sent(checking, sound) -> None:
    assert checking.faults(sound) == []
    page = checking.visit.page
    assert page.locator("#check-status").inner_text().startswith("No fault found")
    assert "Haiti, 2023" in page.locator("#check-form").inner_text()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHARED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def _written_by_us(sound: Path, place: Path) -> None:
    answers = reading.read_here(sound).answers
    workbook.write(place, filled_forms.FORM, workbook.Content(answers=answers))


def _as_excel(sound: Path, place: Path) -> None:
    """Texts in a list of their own, in runs of letters; as others: names with a prefix."""
    shared: list[str] = []

    def listed(found: re.Match) -> str:
        shared.append(found[2].replace("<t", "<r><t", 1).replace("</t>", "</t></r>"))
        return f'{found[1]} t="s"><v>{len(shared) - 1}</v></c>'

    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part).decode()
            if part.startswith("xl/worksheets/sheet"):
                text = re.sub(r'(<c[^>]*) t="inlineStr"><is>(.*?)</is></c>', listed, text)
                text = re.sub(r"<(/?)(?=\w)", r"<\1x:", text).replace("xmlns=", "xmlns:x=")
            if part == "xl/_rels/workbook.xml.rels":
                link = f'<Relationship Type="{_SHARED}" Target="sharedStrings.xml" Id="rId99"/>'
                text = text.replace("</Relationships>", f"{link}</Relationships>")
            new.writestr(part, text)
        phonetic = '<rPh sb="0" eb="1"><t>x</t></rPh>'
        texts = "".join(f"<si>{text}{phonetic}</si>" for text in shared)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{texts}</sst>')


def _by_libreoffice(sound: Path, place: Path) -> None:
    (saved,) = saved_by_libreoffice([sound], place.parent)
    saved.rename(place)


@pytest.mark.parametrize(
    "save", [_written_by_us, _as_excel, pytest.param(_by_libreoffice, marks=exhaustive)]
)
def test_it_is_read_whoever_saved_it(checking, sound, tmp_path, save) -> None:
    save(sound, tmp_path / "form.xlsx")
    assert by_python(tmp_path / "form.xlsx") == []
    assert checking.faults(tmp_path / "form.xlsx") == []


def _flipped(content: bytes) -> bytes:
    at = content.index(b"xl/worksheets/sheet2.xml") + 200
    return content[:at] + bytes(each ^ 0xFF for each in content[at : at + 40]) + content[at + 40 :]


def _with_part(name: str, new: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Return the change of one part of a workbook."""

    def change(content: bytes) -> bytes:
        made = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
        ):
            for part in old.namelist():
                out.writestr(part, new(old.read(part)) if part == name else old.read(part))
        return made.getvalue()

    return change


def _lying(content: bytes) -> bytes:
    """A part that unpacks to far more than the directory says."""
    large = _with_part("xl/styles.xml", lambda _: b"<" * 50_000_000)(content)
    at = large.rindex(b"xl/styles.xml") - 46
    return large[: at + 24] + (1000).to_bytes(4, "little") + large[at + 28 :]


ENTITY = b'<!DOCTYPE a [<!ENTITY b "bbbb">]>'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _: b"", "no_workbook"),
        (lambda _: b"<html>login</html>" * 9, "no_workbook"),
        (lambda content: content[: len(content) // 2], "unreadable"),
        (_flipped, "unreadable"),
        (_lying, "unreadable"),
        (_with_part("xl/styles.xml", lambda content: content + b" " * 50_000_000), "too_large"),
        (_with_part("xl/workbook.xml", lambda content: content[:-20]), "unreadable"),
        (_with_part("xl/workbook.xml", lambda content: ENTITY + content), "document_type"),
        (_with_part("xl/workbook.xml", lambda content: content.replace(b'"tipstat"', b'"x"')),
         "no_form"),
        (lambda content: content + b" " * 6_000_000, "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_form_or_broken_is_named_and_nothing_hangs(
    checking, sound, tmp_path, change, code
) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(change(sound.read_bytes()))
    assert checking.faults(file) == [code]
    assert "{" not in checking.visit.page.locator("#check-list").inner_text()


def test_what_is_in_a_file_never_becomes_part_of_the_page(checking, tmp_path) -> None:
    hostile = "9.<img src=x onerror='window.foreign=1'>"
    answers = filled_forms.figures(filled_forms.FORM, 1) | {"VIC_DETECT|_T|_T|_T|_T": hostile}
    checking.faults(filled_forms.write(tmp_path / "<b>form.xlsx", answers=answers))
    page = checking.visit.page
    assert page.locator("#check-found :is(img, b)").count() == 0
    assert page.evaluate("window.foreign") is None


SEND = """() => {
    window.violated = [];
    addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
    const address = location.protocol === 'file:' ? 'https://x.example/' : location.origin + '/';
    for (const each of [
        () => fetch(address), () => fetch(address, { method: 'POST', body: 'x', mode: 'no-cors' }),
        () => new WebSocket(address.replace('http', 'ws')), () => new EventSource(address),
        () => navigator.sendBeacon(address, 'x'), () => { new Image().src = address + 'x.png'; },
    ]) {
        try { each()?.catch?.(() => {}); } catch { /* refused at once */ }
    }
}"""
"""Tries all ways in which a script sends something, and notes what the policy says."""


@pytest.mark.enable_socket
@pytest.mark.parametrize("where", ["disk", "server"])
def test_nothing_is_sent(browser, site, sound, tmp_path, where) -> None:
    """No request once the page is there, whatever is chosen; and the policy would refuse any."""
    if where == "disk":
        _sends_nothing(Visit(browser, (site / "en/check.html").as_uri()), sound, tmp_path)
        return
    with served(site) as address:
        _sends_nothing(Visit(browser, f"{address}/en/check.html"), sound, tmp_path)


def _sends_nothing(visit: Visit, sound: Path, folder: Path) -> None:
    checking = Checking(visit)
    visit.page.wait_for_load_state("networkidle")
    visit.page.context.set_offline(True)
    visit.requests.clear()
    assert checking.faults(sound) == []
    assert checking.faults(mistyped_forms.write(folder / "form.xlsx", 1))
    assert visit.complaints == []
    stored = (
        "async () => [localStorage.length, document.cookie, (await indexedDB.databases()).length]"
    )
    if visit.page.url.startswith("http"):
        assert visit.page.evaluate(stored) == [0, "", 0]
    assert visit.requests == []
    visit.page.evaluate(SEND)
    visit.page.wait_for_function("window.violated.length === 6")
    violated = visit.page.evaluate("window.violated")
    assert sorted(violated) == [*["connect-src"] * 5, "img-src"]
    visit.close()


OLD = (
    "delete window.DecompressionStream",
    "const now = RegExp; window.RegExp = function (text, flags) { if (text.includes('?<')) throw 1;"
    " return new now(text, flags); };",
)
"""What a browser lacks: unpacking, or patterns that look behind."""


@pytest.mark.parametrize("lacking", OLD)
def test_an_old_browser_says_so(browser, site, sound, lacking) -> None:
    visit = Visit(browser, "about:blank")
    visit.page.add_init_script(lacking)
    visit.page.goto((site / "en/check.html").as_uri())
    assert Checking(visit).faults(sound) == ["old_browser"]
    visit.close()


MISTYPED = {
    "office": "Dra. Ana Pérez", "page": "", "released": "2199-01-01", "POL_LAW|_T|_T|_T|_T": "x",
    "VIC_DETECT|F|_T|_T|_T": "999999", "VIC_DETECT|M|_T|_T|_T": "1.234",
    "PER_CONVICT|_T|_T|_T|_T": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "language",
    ["fr", *(pytest.param(each, marks=exhaustive) for each in LANGUAGES if each != "fr")],
)
def test_what_it_finds_is_read_by_all(browser, shipped, tmp_path, language) -> None:
    """By axe, in the dark, on a phone of 320 pixels, and on paper without the controls."""
    visit = Visit(browser, (shipped / language / "check.html").as_uri())
    given = filled_forms.stated(filled_forms.FORM) | filled_forms.figures(filled_forms.FORM, 1)
    file = filled_forms.write(tmp_path / "form.xlsx", answers=given | MISTYPED)
    assert len(Checking(visit).faults(file)) > len(MISTYPED)
    found = [*faults.of_axe(visit), *faults.of_sight(visit)]
    visit.page.emulate_media(color_scheme="dark")
    found += faults.of_axe(visit, faults.CONTRAST)
    visit.resize(320)
    found += [*faults.of_axe(visit, faults.LAYOUT), *faults.of_sight(visit)]
    assert found == []
    visit.page.emulate_media(media="print")
    assert not visit.page.locator("#check-drop").is_visible()
    assert visit.page.locator(".faults li").first.is_visible()
    visit.close()
