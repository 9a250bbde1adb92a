"""Rules 9 to 12, 14 and 19: what is said of a chart, against what the warehouse says."""

import re
from html import unescape

from drawn import texts
from facts import Series
from pages import Chart
from truth import SEPARATE, Truth, printed

UNITS = {
    "PERSON": {"en": "persons", "es": "personas", "pt": "pessoas", "fr": "personnes"},
    "CASE": {"en": "cases", "es": "casos", "pt": "processos", "fr": "causes"},
    "OFFENCE": {"en": "offences", "es": "delitos", "pt": "crimes", "fr": "infractions"},
    "INCIDENT": {"en": "incidents", "es": "incidentes", "pt": "ocorrências", "fr": "affaires"},
    "COMPLAINT": {"en": "complaints", "es": "denuncias", "pt": "denúncias", "fr": "plaintes"},
    "INVESTIGATION": {
        "en": "investigations", "es": "investigaciones", "pt": "investigações", "fr": "enquêtes",
    },
}  # fmt: skip
"""What a subtitle calls each counting unit."""

TRENDS = {
    "rising": {
        "en": r"ris(e|es|en|ing)\b|increas|growing|upward", "es": r"aument|ascen|crec|en alza",
        "pt": r"aument|em alta|cresc", "fr": r"hausse|augment|croissan",
    },
    "falling": {
        "en": r"\bfall|\bfell\b|declin|decreas|downward", "es": r"descen|disminu|reduc|a la baja",
        "pt": r"queda|diminu|redu[çz]|decresc", "fr": r"baisse|diminu|recul",
    },
}  # fmt: skip
"""Words that say a direction."""

RELEASED = {
    "en": ("Consulted:", "Release:", "Releases:"),
    "es": ("Consulta:", "Publicación:", "Publicaciones: del"),
    "pt": ("Consulta:", "Publicação:", "Publicações: de"),
    "fr": ("Consultation\u202f:", "Publication\u202f:", "Publications\u202f: du"),
}
"""What stands before the day on which figures were read, were released, the first of several."""

ASSIGNED = {
    "en": " (day assigned by tipstat)",
    "es": " (fecha asignada por tipstat)",
    "pt": " (data atribuída pelo tipstat)",
    "fr": " (date attribuée par tipstat)",
}
"""What stands behind a day that the publisher does not state."""

DECIMALS = {"en": ".", "es": ".", "pt": ",", "fr": ","}
COMMA_IN_SPANISH = {"ARG", "BOL", "CHL", "COL", "CRI", "ECU", "PRY", "URY", "VEN"}
"""States whose own pages have a decimal comma in Spanish, as people write there."""


def rule_09_the_unit_is_in_the_subtitle(chart: Chart, truth: Truth) -> list[str]:
    """The subtitle names the unit and the kind of year."""
    text = chart.subtitle.lower()
    wrong = []
    for series in truth.series(chart):
        wrong += [] if any(unit in text for unit in _units(series, truth, chart)) else ["no unit"]
        basis = truth.name("time_basis", series.basis, chart.language)
        known = series.of("is_known")
        wrong += [] if not known or basis.lower() in text else [f"no kind of year: {basis}"]
    return wrong


def rule_10_two_titles(chart: Chart, truth: Truth) -> list[str]:
    """A headline in words, and a statistical subtitle with measure, place and period."""
    wrong = [] if len(chart.headline.split()) > 2 else [f"no headline: {chart.headline!r}"]
    measure, *parts = chart.subtitle.split(" · ")
    wrong += [] if measure and len(parts) >= 2 else [f"no subtitle: {chart.subtitle!r}"]
    if chart.is_drawn and not chart.panel:
        title = chart.layout.get("title", {"text": "", "subtitle": {"text": ""}})
        pairs = ((title["text"], chart.headline), (title["subtitle"]["text"], " · ".join(parts)))
        wrong += [f"not in the picture: {text}" for drawn, text in pairs if _plain(drawn) != text]
    wrong += ["the subtitle is the headline"] if chart.subtitle == chart.headline else []
    for series in truth.series(chart)[:1]:
        place = truth.name("area", series.area, chart.language)
        places = [chart.headline] if chart.panel else [chart.headline, chart.subtitle]
        wrong += [f"not of {place}: {text!r}" for text in places if place not in text]
        period = _spans(sorted(int(heading) for heading in chart.cells))
        wrong += [] if period in chart.subtitle else [f"not of {period}"]
    return wrong


def rule_11_a_trend_is_claimed_only_where_there_is_one(chart: Chart, truth: Truth) -> list[str]:
    """A direction needs at least eight years and a test that excludes chance."""
    wrong = []
    for direction, words in TRENDS.items():
        if re.search(words[chart.language], chart.headline, re.IGNORECASE):
            verdicts = [truth.verdict(series) for series in truth.series(chart)]
            earned = [
                verdict == direction and p < 0.05 and points >= 8 for verdict, p, points in verdicts
            ]
            wrong += [] if any(earned) else [f"{direction}: {verdicts}"]
    return wrong


def rule_11_the_headline_says_the_last_figure(chart: Chart, truth: Truth) -> list[str]:
    """Each number in it is published, of the year that it names."""
    wrong = []
    is_of_one_series = not re.search("^sides-|-by-", chart.anchor)
    for series in truth.series(chart) if is_of_one_series else []:
        known = series.of("is_known")
        if not known:
            continue
        last = max(known)
        if series.is_rate and max(series.facts) > last:
            text = str(last if chart.panel else max(series.facts))
            wrong += [] if text in chart.headline else [f"no {text} in {chart.headline!r}"]
            continue  # the headline says that there is none of a suppressed count
        value = known[last].value
        is_worded = value is None or (value in (0, 1) and not series.is_rate and not chart.panel)
        wanted = str(last) if is_worded else _spoken(value, chart)
        wrong += [] if wanted in chart.headline else [f"no {wanted} in {chart.headline!r}"]
        wrong += [] if str(last) in chart.headline else [f"no {last} in {chart.headline!r}"]
    return wrong


def rule_12_the_source_is_on_the_chart(chart: Chart, truth: Truth) -> list[str]:
    """Publisher, title, release and licence: below the chart and in the picture of it."""
    wrong = []
    is_picture = chart.is_drawn and not chart.panel
    on_chart = _plain(" ".join(texts(chart.plot))) if is_picture else chart.origin
    wrong += [] if not is_picture or f"tipstat {truth.version}" in on_chart else ["no version"]
    for place, text in (("page", chart.origin), ("chart", on_chart)):
        for source, basis in {(series.source, series.basis) for series in truth.series(chart)}:
            wrong += [
                f"{each!r} is not on the {place}"
                for each in _origin(truth, chart, source, basis)
                if each not in text
            ]
    return wrong


def rule_14_the_same_in_words(chart: Chart, truth: Truth) -> list[str]:
    """First and last figure, least and greatest, gaps and breaks; and nothing that is not so."""
    shown = truth.series(chart)
    if not chart.is_drawn:
        return []
    wrong = _untrue_pairs(chart, shown)
    for series in [each for each in shown if each.axis]:
        exact = {year: value for year, value in series.exact.items() if str(year) in chart.cells}
        ends = [min(exact), max(exact), _least(exact), _greatest(exact)] if exact else []
        wrong += [
            f"no {text}"
            for year in dict.fromkeys(ends)
            if (text := f"{_spoken(exact[year], chart)} ({year})") not in chart.words
        ]
        if series.of("is_known"):
            known = series.of("is_known")
            missing = [int(y) for y in chart.cells if int(y) not in known.keys() | series.withheld]
            if "-by-" in chart.anchor:  # a part may be withheld, of which only quarantine knows
                missing = []
            else:
                wrong += _missing_in_words(chart, "withheld years", sorted(series.withheld), series)
            wrong += _missing_in_words(chart, "years without a figure", missing, series)
            small = {y: top for y, top in series.hidden.items() if not series.facts[y].bottom}
            for limit in set(small.values()):  # a sentence for each limit
                years = sorted(year for year, top in small.items() if top == limit)
                wrong += _missing_in_words(chart, "suppressed years", years, series)
            wrong += _missing_in_words(chart, "breaks", series.breaks, series)
    return wrong


def rule_19_numbers_are_the_language_s_own(chart: Chart, truth: Truth) -> list[str]:
    """A narrow no-break space parts thousands; the decimal sign is that of the language."""
    wrong = []
    decimal = decimal_sign(chart)
    if chart.is_drawn and chart.layout["separators"] != decimal + SEPARATE:
        wrong.append(f"the axis parts numbers by {chart.layout['separators']!r}")
    # Five digits in a row, or groups of three that something else parts.
    parted_otherwise = re.compile(
        rf"(?<![\d.,])\d{{5,}}|\d[{'.' if decimal == ',' else ','}\u00a0 ]\d{{3}}(?!\d)"
    )
    wrong += [
        f"too many digits: {found}" for found in re.findall(r"[.,]0*[1-9]\d{4,}", chart.headline)
    ]
    printed_figures = [cell.figure for cells in chart.cells.values() for cell in cells]
    for text in [chart.headline, chart.words, *printed_figures]:
        figures = text.replace("100,000", "").replace("100\u00a0000", "")
        wrong += [f"{found} in {text!r}" for found in parted_otherwise.findall(figures)]
    return wrong


def _units(series: Series, truth: Truth, chart: Chart) -> list[str]:
    """Return the names that a subtitle may give the unit."""
    if truth.measure(series) == "PER_100000_POP":
        return ["100 000", f"100{SEPARATE}000", "100,000", "100 mil"]
    unit = truth.units[series.indicator]
    name = truth.name("count_unit", unit, chart.language).lower()
    return [f": {name}", *filter(None, [UNITS.get(unit, {}).get(chart.language)])]


def _spoken(value: float, chart: Chart) -> str:
    """A figure in a sentence; a rate to three digits, also where a source prints more."""
    shown = value if value == int(value) else float(f"{value:.3g}")
    return printed(shown, decimal_sign(chart))


def decimal_sign(chart: Chart) -> str:
    """Return the sign of the language; on a page of a state, as the language is written there."""
    is_own = chart.language == "es" and chart.page.startswith("country/")
    return "," if is_own and chart.area in COMMA_IN_SPANISH else DECIMALS[chart.language]


def _plain(text: str) -> str:
    """Return a text of the chart as a reader sees it."""
    return unescape(text.replace("<br>", " "))


def _origin(truth: Truth, chart: Chart, source: str, basis: str) -> list[str]:
    """Return the parts of a source line, with the days of release or that of retrieval."""
    about, language = truth.sources[source], chart.language
    days = truth.released(chart, source, basis)
    first, last = (truth.day(each, language) for each in (days[0], days[-1]))
    read, one, several = RELEASED[language]
    released = f"{several} {first}" if first != last else f"{one} {last}"
    day = f"{read} {last}" if about["release_day"] == "RETRIEVED" else released
    day += ASSIGNED[language] if about["release_day"] == "ASSIGNED" else ""
    licence = about[f"licence_{language}"].rstrip(".")
    return [about[f"publisher_{language}"], about[f"title_{language}"], day, last, licence]


def _untrue_pairs(chart: Chart, shown: list[Series]) -> list[str]:
    """Of the figures with a year that the text names, those that no series has."""
    pairs = re.findall(rf"([\d{SEPARATE}.,]+) \((\d{{4}})\)", chart.words)
    facts = {
        (_spoken(value, chart), str(year))
        for series in shown
        for year, value in series.exact.items()
    }
    return [f"{figure} ({year}) is not so" for figure, year in pairs if (figure, year) not in facts]


def _missing_in_words(chart: Chart, what: str, years: list[int], series: Series) -> list[str]:
    if not years or f"{_spans(years)}." in chart.words:
        return []
    return [f"{series.indicator}: {what} are not said: {_spans(years)}"]


def _least(exact: dict[int, float]) -> int:
    return min(exact, key=lambda year: (exact[year], year))


def _greatest(exact: dict[int, float]) -> int:
    return min(exact, key=lambda year: (-exact[year], year))


def _spans(years: list[int]) -> str:
    """Years with runs drawn together: `2009–2011, 2013`."""
    text = ""
    for year in years:
        if year - 1 not in years:
            text += f", {year}"
        elif year + 1 not in years:
            text += f"–{year}"
    return text.removeprefix(", ")
