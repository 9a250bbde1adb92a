"""A block of a page: a sentence, its chart, one line of evidence, and what one takes along."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from pipelines.published.charts.declared import STATE, Placed
from pipelines.published.charts.drawing import TEMPLATE, Chart, as_tokens
from pipelines.published.site.context import Site
from pipelines.published.site.facts.sentences import Sentence
from pipelines.published.site.wording import citing, phrases
from pipelines.published.site.wording.sources import newest_read, short_line
from pipelines.words.language import Language


@dataclass(frozen=True)
class Block:
    """A block of a page.

    Attributes:
        anchor: its id on the page, the same in each language.
        question: what it answers.
        sentence: the answer, a text of `published.sentence`.
        copied: the sentence with its source, at most 45 words, as a button copies it.
        source: the source line; "" where no figure is shown.
        chart: the chart; None where there is nothing to draw.
        evidence: what is said of the evidence; "" without.
        strength: code of the list `evidence` for the dots beside it; "" for no dots.
        remarks: what is known of the figures: code of the list `remark`, and sentence.
        calm: further things to know, one sentence each.
        disagree: a sentence for each two figures of one year that disagree, the newest first; the
            first is in sight, the others are with the table.
        asks: the first thing that is missing, in words; "" for none.
        advised: what another government recommends most often, in words; "" for none.
        file: name of the files that are saved from it, without ending.
        quoted: English texts that are quoted on a page in another language.
    """

    anchor: str
    question: str
    sentence: str
    copied: str = ""
    source: str = ""
    chart: Chart | None = None
    evidence: str = ""
    strength: str = ""
    remarks: Sequence[tuple[str, str]] = ()
    calm: Sequence[str] = ()
    disagree: Sequence[str] = ()
    asks: str = ""
    advised: str = ""
    file: str = ""
    quoted: Sequence[str] = ()

    @property
    def dots(self) -> Sequence[bool]:
        """Return the dots of the evidence."""
        return phrases.dots(self.strength)


def answering(
    said: Sentence,
    anchor: str,
    question: str,
    site: Site,
    language: Language,
    path: str,
    *,
    subject: str,
    area: str = "",
    drawn: Iterable[str] = (),
    has_rates: bool = False,
) -> Block:
    """Return a block with its sentence, its sources and how to cite it.

    Args:
        said: the sentence.
        anchor: id of the block.
        question: what it answers.
        site: the context of the page.
        language: the reader's.
        path: path of the page below the site's folder.
        subject: what the page is about, in the names of the files that are saved from it.
        area: code of the state that the page is about; "" for none.
        drawn: ids of the sources that are drawn, which stand behind those of the sentence.
        has_rates: whether the population's sources stand there too.
    """
    known = site.sources
    further = [source for source in dict.fromkeys(drawn) if source not in dict(said.origins)]
    origins = [*said.origins, *((source, newest_read(known[source])) for source in further)]
    population = [str(each["short_name"]) for each in site.population.values()]
    return Block(
        anchor,
        question,
        said.text,
        copied=citing.answer(said, site, area, language, path) if said.text else "",
        source=short_line(origins, known, language, population if has_rates else ()),
        file=f"tipstat-{subject}-{anchor}-{language.code}",
    )


def placed(charts: Placed, code: str, site: Site, language: Language, path: str) -> list[Block]:
    """Return the blocks of the charts that stand on a page by their declaration.

    Args:
        charts: what they draw.
        code: what the page is about: a state, an indicator, a code of assessments or the Americas.
        site: the context of the page.
        language: the reader's.
        path: path of the page below the site's folder, which names the files saved from it.
    """
    names = {source: site.short_name(source) for source in site.sources}
    found = []
    for declared, chart, origins in charts.charts(code, names, language):
        question, sentence, evidence, calm = declared.said(chart, language)
        cited = Sentence(sentence, "", "", compares_levels=False, origins=by_figures(origins))
        block = answering(
            cited,
            declared.name.replace("_", "-"),
            question,
            site,
            language,
            path,
            subject=PurePath(path).stem.replace("_", "-"),
            area=code if declared.of == STATE else "",
            has_rates=declared.has_rates,
        )
        calm_lines = [calm] if calm else []
        found.append(replace(block, chart=chart, evidence=evidence, calm=calm_lines))
    return found


def by_figures(origins: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the sources of figures with their newest release, that of most figures first."""
    newest: dict[str, str] = {}
    for source, release in origins:
        newest[source] = max(release, newest.get(source, ""))
    count = Counter(source for source, _ in origins)
    return sorted(newest.items(), key=lambda each: -count[each[0]])


def source_lines(blocks: Sequence[Block], language: Language) -> list[str]:
    """Return the source line of each block: what an earlier one says already is not said twice."""
    lines: list[str] = []
    for block in blocks:
        line = block.source
        for number, earlier in enumerate(blocks[: len(lines)], 1):
            if earlier.source and block.source.startswith(earlier.source.removesuffix(".")):
                same = language.say("block_source_same", number=number)
                more = block.source.removeprefix(earlier.source.removesuffix("."))
                line = f"{same.removesuffix('.')}{more}"
                break
        lines.append(line)
    return lines


def drawn(blocks: Iterable[Block], language: Language) -> Mapping[str, Any]:
    """Return what the page's script draws: the template once, and each block's chart.

    A chart comes with the texts that leave the page with it.
    """
    found = {
        "template": TEMPLATE,
        "texts": {
            "saved": language.say("files_saved"),
            "failed": language.say("files_failed"),
        },
        "charts": {
            block.anchor: {
                "figure": block.chart.figure,
                **({"narrow": block.chart.narrow} if block.chart.narrow else {}),
                "title": block.sentence,
                "unit": block.chart.unit,
                "note": " ".join([f"{sign} {text}" for sign, text in block.chart.key]),
                "source": block.source,
                "file": block.file,
            }
            for block in blocks
            if block.chart and block.chart.figure
        },
    }
    return as_tokens(found)
