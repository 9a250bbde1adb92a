-- One row per yearly series of counts, since its last break: what published.trend shows, as it was
-- worked out when this file was built.
-- source: Source, as in the table source.
-- ref_area: State or subdivision.
-- indicator: Indicator.
-- time_basis: Kind of year.
-- first_period: First year.
-- last_period: Last year.
-- points: Years with a figure, suppressed ones included.
-- suppressed: Years with a suppressed figure.
-- gaps: Years between the first and the last without a figure.
-- tau: Kendall's tau-b.
-- p_value: Probability of such a tau by chance.
-- q_value: The same among all series.
-- slope: Sen's slope.
-- slope_lower: Lower 95 % limit of the slope.
-- slope_upper: Upper 95 % limit of the slope.
-- annual_change: Percent a year, per inhabitant.
-- annual_change_lower: Lower 95 % limit of the annual change.
-- annual_change_upper: Upper 95 % limit of the annual change.
-- rho: How alike neighbouring years are.
-- jump_period: The year of the one jump that explains more.
-- turn_period: The year of the turn that explains more.
-- trend_verdict: Code of codelist.trend_verdict.
create table main.trend (
    source varchar not null,
    ref_area varchar not null,
    indicator varchar not null,
    time_basis varchar not null,
    first_period varchar not null,
    last_period varchar not null,
    points integer not null,
    suppressed integer not null,
    gaps integer not null,
    tau double,
    p_value double,
    q_value double,
    slope double,
    slope_lower double,
    slope_upper double,
    annual_change double,
    annual_change_lower double,
    annual_change_upper double,
    rho double,
    jump_period varchar,
    turn_period varchar,
    trend_verdict varchar not null,
    primary key (source, ref_area, indicator, time_basis)
);
