"""No reader of what is printed can tell a small count closer than from 1 to 4.

The known answers are those of the rule; the attacks are made by `reader_of_forms`, which shares
nothing with the protection.
"""

import random
from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pytest
import reader_of_forms

from pipelines.protection.cells import THRESHOLD, Bounds
from pipelines.protection.programme import COARSE_BELOW
from pipelines.questionnaire import protect
from pipelines.questionnaire.figures import as_text
from pipelines.questionnaire.form import Row, rows
from pipelines.questionnaire.splits import splits

TOTAL = Row("victims", "VIC_DETECT")
SEXES = ("F", "M", "_O", "_U")
HEADLINE = ("sex", "age", "exploitation", "citizenship")


def row(**codes: str) -> Row:
    return Row("victims", "VIC_DETECT", **codes)


def exact(counts: Mapping[Row, int]) -> dict[Row, Bounds]:
    return {each: Bounds(count, count) for each, count in counts.items()}


def by_sex(total: int, *parts: int | None) -> dict[Row, Bounds]:
    """Return figures by sex; None is left blank."""
    given = zip(SEXES, parts, strict=False)
    return exact({TOTAL: total} | {row(sex=sex): n for sex, n in given if n is not None})


def shown(texts: Mapping[Row, str]) -> list[str]:
    return [protect.shown(text) for text in texts.values()]


@pytest.mark.parametrize(
    ("counts", "texts"),
    [
        ((93, 71, 20, 0, 2), ["93", "71", "20", "0", "2"]),  # unknown is nobody's sex
        ((93, 71, 20, 2, 0), ["93", "71", "18–21", "1–4", "0"]),
        ((12, 7, 5, 0, 0), ["12", "7", "5", "0", "0"]),
        ((6, 5, 1, 0, 0), ["6", "1–5", "1–5", "0", "0"]),
        ((6, 3, 3, 0, 0), ["6", "1–5", "1–5", "0", "0"]),
        ((3, 3, 0, 0, 0), ["1–4", "", "", "", ""]),  # even a zero would tell of its parts
        ((0, 0, 0, 0, 0), ["0", "0", "0", "0", "0"]),
        ((100, 60, 38), ["100", "60", "38"]),  # two are of a sex that was left blank: no name
        ((10, 8, 2), ["10", "1–9", "1–9"]),  # who takes the two to be all knew the men
    ],
)
def test_known_answers(counts: tuple[int, ...], texts: list[str]) -> None:
    assert shown(protect.printed(by_sex(*counts))) == texts


def test_an_offices_own_small_figure_stays_from_0_to_4() -> None:
    figures = by_sex(40, 33, 5, None, 0) | {row(sex="_O"): Bounds(0, 4)}
    texts = protect.printed(figures)
    assert texts[row(sex="_O")] == "<5"
    found = reader_of_forms.Attack(texts).range(reader_of_forms.persons(row(sex="_O")))
    assert found == (0, 4)


PARAGUAY = {
    "": 93, "F": 71, "M": 20, "_O": 0, "_U": 2, "Y_GE18": 52, "Y0T17": 38, "age _U": 3,
    "F Y_GE18": 44, "M Y_GE18": 8, "F Y0T17": 26, "M Y0T17": 12, "SX": 51, "FL": 30, "OTH": 9,
    "OG": 0, "OP_CRIM": 1, "OP_BEG": 6, "OP_MARR": 2, "MX": 0, "form _U": 3, "NAT": 88, "FOR": 5,
    "citizenship _U": 0,
}  # fmt: skip
REVISED = {"": 96, "F": 74, "Y_GE18": 55, "F Y_GE18": 47, "SX": 54, "NAT": 91}


def of_paraguay(**changed: int) -> dict[str, Row]:
    """Return the rows of Paraguay's form of 2024 by name."""
    found = {"": TOTAL}
    for each in rows():
        if each.indicator == "VIC_DETECT" and each.breakdown:
            codes = [code for code in each.codes if code != "_T"]
            kind = {"age": "age ", "exploitation": "form ", "citizenship": "citizenship "}
            name = " ".join(codes)
            found[kind.get(each.breakdown, "") + name if codes == ["_U"] else name] = each
    return found


def test_paraguay_and_its_revision_are_printed_exactly() -> None:
    """A form of the same year is a correction: its new figures are no list of persons."""
    place = of_paraguay()
    first = protect.printed(exact({place[name]: count for name, count in PARAGUAY.items()}))
    hidden = {name for name in PARAGUAY if first[place[name]] != f"{PARAGUAY[name]}"}
    assert hidden == {"OP_CRIM", "OP_BEG", "OP_MARR"}
    now = PARAGUAY | REVISED
    second = protect.printed(exact({place[name]: n for name, n in now.items()}), [first])
    assert {name: second[place[name]] for name in REVISED} == {
        n: f"{c}" for n, c in REVISED.items()
    }


def test_what_others_print_of_the_same_figure_is_not_hidden() -> None:
    """UNODC's other number is of other persons; what the state published is public."""
    figures = by_sex(93, 71, 20, 2, 0)
    unodc = {row(sex="M").name: Bounds(20, 20), row(sex="F").name: Bounds(60, 60)}
    assert protect.printed(figures, elsewhere=unodc)[row(sex="M")] == "20"
    public = protect.printed(by_sex(3, 3, 0, 0, 0), public=[TOTAL, row(sex="F"), row(sex="M")])
    assert shown(public)[:3] == ["3", "3", "0"]


def test_the_same_form_again_is_printed_the_same() -> None:
    figures = by_sex(6, 5, 1, 0, 0)
    first = protect.printed(figures)
    assert protect.printed(figures, [first]) == first


def test_cases_and_officials_are_printed_as_they_are() -> None:
    figures = {each: Bounds(1, 1) for each in rows() if not each.is_protected}
    assert {"INV_OPENED", "POL_NAP", "PRV_TRAINED"} <= {each.indicator for each in figures}
    assert set(protect.printed(figures).values()) == {"1"}


def test_who_runs_the_program_on_every_table_is_left_with_several_numbers() -> None:
    """Below twenty persons parts are told alike: a small count has three numbers or more."""
    tables = defaultdict(list)
    for women in range(13):
        for men in range(13 - women):
            counts = (women, men, 0, 12 - women - men)
            tables[tuple(shown(protect.printed(by_sex(12, *counts))))].append(counts)
    for found in tables.values():
        for place in range(2):
            left = {each[place] for each in found} & {1, 2, 3, 4}
            assert not left or len(left) >= 3, found


def form(draw: random.Random, size: int, blank: float = 0) -> dict[Row, Bounds]:
    """Count invented persons in the rows of detected victims, of which some are left blank."""
    counted = [row for row in rows() if row.indicator == "VIC_DETECT"]
    signs = {row: reader_of_forms.persons(row) for row in counted}
    kinds = reader_of_forms.KINDS
    found = dict.fromkeys(counted, 0)
    for _ in range(size):
        is_one = np.zeros(len(kinds))
        sex, age = draw.choices(("F", "M", "_O", "_U"), (70, 25, 1, 1))[0], draw.choices(
            ("Y_GE18", "Y0T17", "_U"), (6, 3, 1))[0]  # fmt: skip
        for name, weights in (("exploitation", (9, 5, 0, 1, 1, 0, 1, 1, 1, 0)),
                              ("citizenship", (7, 2, 1, 0))):  # fmt: skip
            code = draw.choices(reader_of_forms.CODES[name], weights)[0]
            is_one[kinds.index((name, code, name, code))] = 1
        is_one[kinds.index(("sex", sex, "age", age))] = 1
        for row in counted:
            found[row] += int(signs[row] @ is_one)
    left = [row for row in counted if not row.breakdown or draw.random() >= blank]
    wholes = {part: split.whole for split in splits() for part in split.parts}
    return {row: Bounds(found[row], found[row]) for row in left
            if wholes.get(row, TOTAL) in left}  # fmt: skip


def attack(figures: Mapping[Row, Bounds], texts: Mapping[Row, str]) -> reader_of_forms.Attack:
    """Return a reader who also knows which parts add up."""
    reader = reader_of_forms.Attack(texts)
    for split in splits():
        parts = [part for part in split.parts if texts.get(part)]
        whole = figures.get(split.whole)
        if whole and parts and whole.low == sum(figures[part].low for part in parts):
            own = reader_of_forms.persons(split.whole)
            reader.learn(own - sum(map(reader_of_forms.persons, parts)), 0, 0)
    return reader


def narrowed(
    figures: Mapping[Row, Bounds], texts: Mapping[Row, str], reader: reader_of_forms.Attack
) -> list[tuple[str, object]]:
    """Return the small counts that a reader knows closer than from 1 to 4."""
    small = [each for each in figures if texts[each] and 1 <= figures[each].low <= 4
             and "_U" not in each.codes]  # fmt: skip
    found = {each.name: reader.range(reader_of_forms.persons(each)) for each in small}
    return [(name, each) for name, each in found.items() if not each or each[0] > 1 or each[1] < 4]


def some(first: int, more: range) -> list[object]:
    """Return seeds, all but the first for `make attack`."""
    return [first, *(pytest.param(each, marks=pytest.mark.exhaustive) for each in more)]


@pytest.mark.parametrize("seed", some(0, range(1, 60)))
def test_no_small_count_follows_from_a_form(seed: int) -> None:
    draw = random.Random(seed)
    figures = form(draw, (14, 60, 400)[seed % 3], blank=(seed // 3 % 2) * 0.3)
    texts = protect.printed(figures)
    assert narrowed(figures, texts, attack(figures, texts)) == []
    for each, text in texts.items():
        low, high = reader_of_forms.span(text) if text else figures[each]
        assert low <= figures[each].low <= high


@pytest.mark.parametrize("seed", some(1, range(2, 151)))
def test_no_small_count_follows_from_two_indicators_of_the_same_persons(seed: int) -> None:
    """The reader knows that victims detected and identified are the same."""
    draw = random.Random(seed)
    detected = form(draw, draw.choice((6, 9, 14, 18, 25, 40, 93, 400)))
    asked = {each.codes: each for each in rows() if each.indicator == "VIC_IDENT"}
    identified = {asked[each.codes]: figure for each, figure in detected.items()
                  if each.codes in asked
                  and (seed % 3 or each.sex not in ("_O", "_U"))}  # fmt: skip
    figures = {**detected, **identified}
    texts = protect.printed(figures)
    assert narrowed(figures, texts, attack(figures, texts)) == []


@pytest.mark.parametrize("seed", some(3, range(4, 60)))
def test_no_small_count_follows_from_two_releases(seed: int) -> None:
    """The reader knows which figures did not change; a change of one is no secret by itself."""
    draw = random.Random(seed)
    first = form(draw, draw.choice((9, 14, 25, 60, 150)))
    late = form(draw, draw.randint(1, 6))
    second = {each: Bounds(*(2 * [first[each].low + late[each].low])) for each in first}
    before = protect.printed(first)
    now = protect.printed(second, [before])
    for figures, texts, others in ((first, before, now), (second, now, before)):
        reader = attack(figures, texts)
        for each in figures:
            if first[each] == second[each] and others[each] and texts[each]:
                known = reader_of_forms.span(others[each])
                reader.learn(reader_of_forms.persons(each), *known)
        assert narrowed(figures, texts, reader) == []


STATES = (5, 6, 7, 9, 11, 12, 14, 15, 17, 19, 22, 26, 31, 38, 46, 57, 71, 93, 120, 160, 210, 290,
          400, 560, 800, 1200, 2000, 4000, 8000, 16000)  # fmt: skip


@pytest.mark.parametrize("seed", [pytest.param(7, marks=pytest.mark.exhaustive)])
def test_headline_figures_are_printed_exactly(seed: int) -> None:
    """Of thirty states 88 % of those from 5 on; 96 % where there are 20 persons or more."""
    draw, found = random.Random(seed), defaultdict(list)
    for size in STATES:
        figures = form(draw, size)
        texts = protect.printed(figures)
        for each, figure in figures.items():
            is_form = each.exploitation in ("_T", "SX", "FL")
            if figure.low >= THRESHOLD and is_form and each.breakdown in ("", *HEADLINE):
                found[size >= COARSE_BELOW].append(texts[each] == as_text(figure))
    every = found[True] + found[False]
    assert np.mean(every) >= 0.88
    assert np.mean(found[True]) >= 0.96


def test_the_attacker_finds_what_is_not_protected() -> None:
    figures = by_sex(93, 71, 20, 2, 0)
    texts = {each: ">=1 <=4" if figure.low == 2 else as_text(figure)
             for each, figure in figures.items()}  # fmt: skip
    assert narrowed(figures, texts, attack(figures, texts)) == [(row(sex="_O").name, (2, 2))]
