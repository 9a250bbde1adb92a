-- One row per known break: from this period on the series is not what it was before.
-- source: Source, as in the table source.
-- ref_area: State whose series breaks.
-- indicator: Indicator whose series breaks.
-- time_period: First period after the break.
-- reason: Code of codelist.break_reason, which words it in four languages.
create table main.series_break (
    source varchar not null,
    ref_area varchar not null,
    indicator varchar not null,
    time_period varchar not null,
    reason varchar not null,
    primary key (source, ref_area, indicator, time_period)
);
