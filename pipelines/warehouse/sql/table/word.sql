-- One row per column that holds codes and code: its name in each language.
-- column_name: The column of published views.
-- code: The code.
-- name_en: Its name in English.
-- name_es: Its name in Spanish.
-- name_pt: Its name in Portuguese.
-- name_fr: Its name in French.
create table main.word (
    column_name varchar not null,
    code varchar not null,
    name_en varchar not null,
    name_es varchar not null,
    name_pt varchar not null,
    name_fr varchar not null
);
