-- One row per indicator and count, printed or a sum of ours: 95 % limits of the mean about which such
-- a count scatters. A suppressed figure is no count.
-- indicator: Indicator.
-- count: The count.
-- dispersion: By how much counts of the indicator scatter, as in the table dispersion.
-- lower: Least mean, if the count follows Poisson's law (Garwood 1936).
-- upper: Greatest mean, if the count follows Poisson's law.
-- dispersed_lower: Least mean, with the scatter of such counts from year to year.
-- dispersed_upper: Greatest mean, with that scatter.
create table main.count_limit (
    indicator varchar not null,
    count bigint not null,
    dispersion double not null,
    lower double not null,
    upper double not null,
    dispersed_lower double not null,
    dispersed_upper double not null,
    primary key (indicator, count)
);
