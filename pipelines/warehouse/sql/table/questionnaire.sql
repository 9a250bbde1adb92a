-- One row per state and year about which its office was asked to fill in the questionnaire of this
-- database.
-- ref_area: State that was asked.
-- year: Year that the questionnaire is about.
-- asked: Day on which it was sent, ISO 8601.
create table main.questionnaire (
    ref_area varchar not null,
    year integer not null,
    asked varchar not null
);
