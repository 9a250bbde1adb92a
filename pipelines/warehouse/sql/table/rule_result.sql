-- One row per case in which a cross-row rule does not hold.
-- rule: Id of the rule.
-- source: Source, as in the table source.
-- release: Release.
-- ref_area: State whose figures they are.
-- indicator: Indicator.
-- time_period: Period.
-- subject: The other dimensions that tell which figures were compared.
-- verdict: What is wrong.
-- detail: The figures compared; suppressed ones stay intervals.
create table main.rule_result (
    rule varchar not null,
    source varchar not null,
    release varchar not null,
    ref_area varchar not null,
    indicator varchar not null,
    time_period varchar not null,
    subject varchar not null,
    verdict varchar not null,
    detail varchar not null
);
