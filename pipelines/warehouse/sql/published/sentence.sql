-- One row per answer and language: the answer in words, which pages, workbooks and machines print.
-- area: State, ISO 3166-1 alpha-3, or AMERICAS.
-- question: What is asked (codelist.question).
-- language: Language: en, es, pt or fr.
-- sources: Sources of all figures of the sentence and its caution.
-- text: The sentence; of published.answer with the same area and question.
-- caution_text: The caution on the figure that is said first; empty if there is none.
-- made_after: rules and statistics
-- key: area, question, language
-- terms: sources
-- extract: csv, json, sdmx, workbook
-- disclosure: none
create table published.sentence (
    area varchar not null,
    question varchar not null,
    language varchar not null,
    sources varchar[] not null,
    text varchar not null,
    caution_text varchar,
    primary key (area, question, language)
);
