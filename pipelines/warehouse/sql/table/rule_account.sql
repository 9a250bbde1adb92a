-- One row per rule, source, release, indicator and verdict: how many cases were looked at, and what
-- came out.
-- rule: Name of the rule, as in the table rule.
-- source: Source, as in the table source.
-- release: Release.
-- indicator: Indicator of the total, or of the first of the figures compared.
-- verdict: holds, untestable (a part is absent), or what is wrong.
-- cases: How many cases.
create table main.rule_account (
    rule varchar not null,
    source varchar not null,
    release varchar not null,
    indicator varchar not null,
    verdict varchar not null,
    cases integer not null,
    primary key (rule, source, release, indicator, verdict)
);
