"""Saboteurs of the words around a chart; `SABOTEURS` has those of marks too."""

from browser.honest_charts import rules_of_words as words
from browser.honest_charts.record import Record
from browser.honest_charts.saboteurs import SABOTEURS, against

__all__ = ["SABOTEURS"]


@against(words.rule_two_titles)
def drop_the_subtitle(record: Record) -> bool:
    record.chart["subtitle"] = ""
    return True


@against(words.rule_two_titles)
def write_a_long_headline(record: Record) -> bool:
    record.chart["title"] += (
        " which may be due to another way of counting or to an incomplete year, as the source says"
    )
    return True


@against(words.rule_the_headline_s_numbers_are_on_the_chart)
def put_another_number_into_the_headline(record: Record) -> bool:
    record.chart["title"] += " 987654321"
    return True


@against(words.rule_the_source_is_on_the_chart)
def drop_the_source(record: Record) -> bool:
    record.chart["source"] = ""
    return True


@against(words.rule_the_source_is_on_the_chart)
def drop_the_version(record: Record) -> bool:
    record.language = record.language | {"edition": ""}
    return True


@against(words.rule_the_table_is_the_chart)
def change_a_cell(record: Record) -> bool:
    for row in record.rows[1:]:
        for cell in row[1:]:
            cell["text"] = "7777"
    return True


@against(words.rule_the_table_is_the_chart)
def drop_the_table(record: Record) -> bool:
    record.rows = []
    return True


@against(words.rule_the_chart_has_words)
def say_nothing(record: Record) -> bool:
    record.label = ""
    return True
