-- One row per indicator of which a series to cite is tested: all these tests together.
-- indicator: Indicator.
-- tested: Series with a test of their own.
-- up: Those that lean upwards.
-- down: Those that lean downwards.
-- joint_p_value: Probability that chance alone makes all together lean so far one way (Stouffer).
create table main.joint_trend (
    indicator varchar primary key,
    tested integer not null,
    up integer not null,
    down integer not null,
    joint_p_value double not null
);
