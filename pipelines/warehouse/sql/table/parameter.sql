-- One row per number by which figures are judged: a threshold, a least count, a share. The macro of the
-- same name in the schema parameter returns it, as in `parameter.least_years_of_trend()`; views and
-- rules take it from there.
-- code: Its name.
-- value: The number.
-- unit: What it is a number of; a share or probability is a part of 1.
-- decides: What it decides.
-- reason: Why it is this number.
create table main.parameter (
    code varchar not null primary key,
    value double not null,
    unit varchar not null,
    decides varchar not null,
    reason varchar not null
);
