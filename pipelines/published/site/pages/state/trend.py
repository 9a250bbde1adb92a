"""The tab on the trend: detected victims by year, from the source to cite."""

from pipelines.published.charts import spec
from pipelines.published.i18n.language import Language
from pipelines.published.site import context
from pipelines.published.site.facts.totals import Total
from pipelines.published.site.figure import Cell, Figure, Table
from pipelines.published.site.wording import phrases, sources, state


def figure(site: context.Site, total: Total, language: Language) -> Figure:
    """Return the figure of one series."""
    source = site.sources[total.source]
    chart = spec.chart([spec.panel([("", total.series)], breaks=phrases.break_labels(total.series, language))])
    name = language.name("indicator", total.indicator)
    return Figure(
        anchor="trend",
        tab=language.say("state_trend_tab"),
        headline=state.trend_headline(total.area, total, language),
        subtitle=" · ".join(
            [
                name,
                language.name("time_basis", total.basis),
                sources.short_name(source, language),
                sources.release_text(source, [total.release], language),
            ]
        ),
        spec=chart,
        key=phrases.key(chart, language),
        calm=language.say("footer"),
        source=sources.source_line(source, total.releases, language),
        table=Table(
            caption=name,
            row_heading=language.say("year"),
            columns=[name],
            rows=[
                (
                    str(point.year),
                    [
                        Cell(
                            phrases.printed(point, language),
                            point.kind,
                            phrases.status_remarks(point, language),
                        )
                    ],
                )
                for point in total.series.points
            ],
        ),
        file=f"tipstat_{total.area}_trend_{language.code}",
    )
