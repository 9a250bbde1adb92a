-- One row per count, printed or a sum of ours: exact 95 % limits of its mean, if it follows a
-- Poisson distribution (Garwood 1936). A suppressed figure is no count.
-- count: The count.
-- lower: Least mean.
-- upper: Greatest mean.
create table main.poisson_limit (
    count bigint not null primary key,
    lower double not null,
    upper double not null
);
