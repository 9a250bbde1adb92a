-- One row per rule, source, release and verdict: how many cases were looked at, and what came out.
-- rule: Id of the rule.
-- source: Source, as in the table source.
-- release: Release.
-- verdict: holds, untestable (a part is absent), or what is wrong.
-- cases: How many cases.
create table main.rule_account (
    rule varchar not null,
    source varchar not null,
    release varchar not null,
    verdict varchar not null,
    cases integer not null,
    primary key (rule, source, release, verdict)
);
