-- One row per case in which a cross-row rule does not hold. The columns of the cell are those of the
-- total, where parts are compared with it; elsewhere those of the figure that the rule questions.
-- rule: Name of the rule.
-- rule_id: Id under which it was cited until November 2026; its name if it is newer.
-- source: Source, as in the table source.
-- release: Release.
-- ref_area: State whose figures they are.
-- indicator: Indicator.
-- time_period: Period.
-- dimension: Column by which the parts are told apart, or age_band, narrow ages; empty where no parts
--   are compared.
-- other_source: Source of the other figure, where two sources are compared; else empty.
-- other_indicator: Indicator of the other figure, where two are compared; else empty.
-- subject: Which figures were compared, in words.
-- verdict: What is wrong.
-- detail: The figures compared; suppressed ones stay intervals.
create table main.rule_result (
    rule varchar not null,
    rule_id varchar not null,
    source varchar not null,
    release varchar not null,
    ref_area varchar not null,
    indicator varchar not null,
    freq varchar not null default 'A',
    time_basis varchar not null,
    time_period varchar not null,
    sex varchar not null default '_T',
    age varchar not null default '_T',
    exploitation varchar not null default '_T',
    citizenship varchar not null default '_T',
    counterpart_role varchar not null default '_Z',
    counterpart_area varchar not null default '_Z',
    breakdown varchar not null default '_T',
    dimension varchar not null default '',
    other_source varchar not null default '',
    other_indicator varchar not null default '',
    subject varchar not null,
    verdict varchar not null,
    detail varchar not null
);
