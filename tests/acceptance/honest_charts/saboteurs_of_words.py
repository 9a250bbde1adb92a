"""Saboteurs of rules 9 to 21: each changes the words, table, files or look of a chart or page."""

import copy
import json
import re

from pages import Chart, Page
from rules_of_words import decimal_sign
from saboteurs_of_marks import missing, put, seek

# 9 to 12 -----------------------------------------------------------------------------------------


def drop_the_unit(chart: Chart) -> None:
    chart.subtitle = re.sub(r"(?i)person\w*|pessoas?|100.(000|mil)", "", chart.subtitle)


def drop_the_kind_of_year(chart: Chart) -> None:
    measure, *_, period = chart.subtitle.split(" · ")
    chart.subtitle = f"{measure} · persons personas pessoas personnes · {period}"


def say_nothing_above(chart: Chart) -> None:
    say_another_last_figure(chart)
    chart.headline = ""


def drop_the_headline(chart: Chart) -> None:
    chart.headline = ""


def drop_the_subtitle(chart: Chart) -> None:
    chart.subtitle = ""


def repeat_the_headline(chart: Chart) -> None:
    chart.subtitle = chart.headline


def drop_the_period(chart: Chart) -> None:
    chart.subtitle = re.sub(r"\d{4}(–\d{4})?", "", chart.subtitle)


def drop_the_headline_of_the_picture(chart: Chart) -> None:
    if "title" not in chart.layout:
        raise StopIteration
    chart.layout["title"]["text"] = ""


def drop_the_subtitle_of_the_picture(chart: Chart) -> None:
    if "title" not in chart.layout:
        raise StopIteration
    chart.layout["title"]["subtitle"]["text"] = ""


RISING = {"en": "rising", "es": "en aumento", "pt": "em alta", "fr": "en hausse"}
FALLING = {"en": "falling", "es": "en descenso", "pt": "em queda", "fr": "en baisse"}


def call_a_short_series_rising(chart: Chart) -> None:
    if len(chart.cells) >= 8:
        raise StopIteration
    chart.headline += f" ({RISING[chart.language]})"


def call_a_series_rising_that_ends_where_it_began(chart: Chart) -> None:
    figures = [value for t in chart.traces if t["type"] == "scatter" for value in t["y"] if value]
    if not figures or len(chart.columns) > 2 or figures[-1] > figures[0]:
        raise StopIteration
    chart.headline += f" ({RISING[chart.language]})"


def call_a_series_falling_that_ends_higher(chart: Chart) -> None:
    figures = [value for t in chart.traces if t["type"] == "scatter" for value in t["y"] if value]
    if not figures or len(chart.columns) > 2 or figures[-1] < figures[0]:
        raise StopIteration
    chart.headline += f" ({FALLING[chart.language]})"


def say_another_last_figure(chart: Chart) -> None:
    if re.search("^sides-|-by-", chart.anchor):
        raise StopIteration  # its headline is about several series
    next(iter(chart.traces))
    chart.headline = re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), chart.headline)


def drop_the_source_line(chart: Chart) -> None:
    chart.origin = ""


def drop_the_source_on_the_chart(chart: Chart) -> None:
    next(a for a in chart.layout.get("annotations", []) if a["name"] == "source")["text"] = ""


def drop_the_version(chart: Chart) -> None:
    foot = next(a for a in chart.layout.get("annotations", []) if a["name"] == "source")
    foot["text"] = foot["text"].replace("tipstat", "")


def give_a_wrong_release(chart: Chart) -> None:
    chart.origin = re.sub(r"20\d\d", "1999", chart.origin)


def drop_the_licence(chart: Chart) -> None:
    chart.origin = re.sub(r"(Licen\w+)\s?: .*", "", chart.origin)


# 14 to 16 ----------------------------------------------------------------------------------------


def say_a_wrong_last_figure(chart: Chart) -> None:
    last = next(reversed(re.findall(r"[\d\u202f]+ \(\d{4}\)", chart.words)))
    chart.words = chart.words.replace(last, f"9{last}")


def say_nothing_of_gaps(chart: Chart) -> None:
    missing(chart)
    chart.words = chart.words.split(".")[0] + "."


def say_nothing(chart: Chart) -> None:
    next(iter(chart.traces))
    chart.words = ""


def change_a_cell(chart: Chart) -> None:
    seek(chart, lambda cell: cell.kind == "figure")[1].figure = "17"


def change_a_mark(chart: Chart) -> None:
    trace = next(t for t in chart.traces if t["type"] == "scatter" and any(t["y"]))
    year = next(x for x, y in zip(trace["x"], trace["y"], strict=True) if y)
    put(trace, year, trace["y"][trace["x"].index(year)] + 1)


def drop_a_row(chart: Chart) -> None:
    year, _, _ = seek(chart, lambda cell: cell.kind == "figure")
    del chart.cells[str(year)]


def drop_the_table(chart: Chart) -> None:
    chart.cells.clear()


def lose_a_file(chart: Chart) -> None:
    del chart.files["json"]


def change_a_file_of_codes(chart: Chart) -> None:
    next(iter(re.findall("year,value,lower", chart.files["codes"])))
    chart.files["codes"] = re.sub(r",CY,(20\d\d),\d", r",CY,\1,9", chart.files["codes"])


def shorten_a_file_of_codes(chart: Chart) -> None:
    next(iter(re.findall("year,value,lower", chart.files["codes"])))
    last = next(
        year for year, cells in reversed(chart.cells.items()) if cells[0].figure[:1].isdigit()
    )
    lines = chart.files["codes"].splitlines()
    chart.files["codes"] = "\n".join(line for line in lines if f",{last}," not in line)


def change_a_file_of_words(chart: Chart) -> None:
    chart.files["words"] = re.sub(r"(?m)^(20\d\d[,;])", r"\g<1>9", chart.files["words"])


def describe_another_chart(chart: Chart) -> None:
    description = json.loads(chart.files["json"])
    chart.files["json"] = json.dumps(description | {"title": "Another chart"})


# 17 to 19 ----------------------------------------------------------------------------------------


def add_four_more_series(chart: Chart) -> None:
    model = next(iter(chart.traces))
    chart.traces.extend(copy.deepcopy(model) | {"name": f"added {n}"} for n in range(4))


def pale_the_line(chart: Chart) -> None:
    next(t for t in chart.traces if "line" in t)["line"]["color"] = "#9ecae1"


def pale_the_words(chart: Chart) -> None:
    for note in chart.layout["annotations"]:
        note["font"]["color"] = "#999999"


def add_a_twin_in_green_beside_red(chart: Chart) -> None:
    """Two series that a protanope takes for one."""
    model = next(t for t in chart.traces if t["type"] == "scatter" and "line" in t)
    model["line"]["color"] = "#a34700"
    twin = copy.deepcopy(model)
    twin["line"]["color"] = "#646400"
    chart.traces.append(twin)


def part_thousands_otherwise(chart: Chart) -> None:
    next(c for cells in chart.cells.values() for c in cells if re.search("\u202f\\d{3}$", c.figure))
    wrong = "." if decimal_sign(chart) == "," else ","
    for cells in chart.cells.values():
        for cell in cells:
            cell.figure = cell.figure.replace("\u202f", wrong)


def part_the_axis_by_points(chart: Chart) -> None:
    next(iter(chart.traces))
    chart.layout["separators"] = ",."


def draw_the_same_twice(chart: Chart) -> None:
    """A total of nothing: the sum of the panels, drawn in the first."""
    model = next(t for t in chart.traces if t["type"] == "scatter" and any(t["y"]))
    total = json.loads(json.dumps(model))
    total["y"] = [value and value * 3 for value in total["y"]]
    chart.traces.append(total)


AMERICAS = {
    "en": "The Americas", "es": "Las Américas", "pt": "As Américas", "fr": "Les Amériques",
}  # fmt: skip


def speak_for_the_region(chart: Chart) -> None:
    chart.headline = f"{AMERICAS[chart.language]}: {chart.headline.partition(': ')[2]}"


# Pages -------------------------------------------------------------------------------------------


def drop_the_caveat(page: Page) -> None:
    page.text = re.sub(r"(?i)detect|détect", "", page.text)


def drop_the_link_to_the_method(page: Page) -> None:
    page.links[:] = [link for link in page.links if "method.html" not in link[0]]


def say_another_language(page: Page) -> None:
    page.lang = "de"


def mix_languages(page: Page) -> None:
    page.text += (
        "Detected victims are not all victims" if page.language != "en"
        else "As vítimas detectadas não são todas as vítimas"
    )  # fmt: skip


def rank_the_states(page: Page) -> None:
    next(
        names for names in page.lists if len(names) > 2 and {"Argentina", "Argentine"} & set(names)
    ).reverse()
