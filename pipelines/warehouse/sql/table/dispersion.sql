-- One row per indicator of counts: by how much its counts scatter from year to year about a trend,
-- beyond Poisson's law.
-- indicator: Indicator.
-- dispersion: The number a for which the variance of a count of mean m is m + a m²; 0 is Poisson's
--   law. Of all series of states of {parameter.least_years_of_change} or more years, without a suppressed one,
--   that are no reprint; of all indicators together where an indicator has fewer than
--   {parameter.least_series_of_dispersion}.
-- series: From how many series.
create table main.dispersion (
    indicator varchar not null primary key,
    dispersion double not null,
    series integer not null
);
