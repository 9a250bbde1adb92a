-- One row per yearly total printed as `<5` that another count of the same source and year refutes.
-- Four offences have fewer than {parameter.victims_beyond_few_offences} victims,
-- {parameter.prosecuted_beyond_few_offences} persons prosecuted or {parameter.suspects_beyond_few_offences} suspects.
-- Of {parameter.prosecuted_beyond_few_suspects} persons prosecuted or more, some were suspects of that year,
-- and of {parameter.convicted_beyond_few_prosecuted} convicted some were prosecuted. Nothing is refuted where
-- persons prosecuted or suspected are a small figure too: then the larger count is the odd one. A
-- doubtful count refutes nothing.
-- other_indicator: What the count that refutes it counts; of several the greatest.
-- other_value: Its figure; empty if suppressed.
-- other_lower: Its least possible figure.
-- other_upper: Its greatest possible figure.
create view harmonised.small_refuted as
with total as (
    select
        source, release, ref_area, indicator::varchar as indicator, time_basis, time_period, value,
        lower, upper, obs_status
    from harmonised.observation
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and indicator in ('OFF_RECORDED', 'VIC_DETECT', 'PER_CONTACT', 'PER_PROSEC', 'PER_CONVICT')
),
beyond (indicator, other_indicator, least) as (
    values
        ('OFF_RECORDED', 'VIC_DETECT', parameter.victims_beyond_few_offences()),
        ('OFF_RECORDED', 'PER_PROSEC', parameter.prosecuted_beyond_few_offences()),
        ('OFF_RECORDED', 'PER_CONTACT', parameter.suspects_beyond_few_offences()),
        ('PER_CONTACT', 'PER_PROSEC', parameter.prosecuted_beyond_few_suspects()),
        ('PER_PROSEC', 'PER_CONVICT', parameter.convicted_beyond_few_prosecuted())
),
doubtful as (
    select
        source, release, ref_area, indicator::varchar as other_indicator, time_basis, time_period
    from harmonised.doubt
    where (exploitation, coalesce(sex, '_T'), coalesce(age, '_T')) = ('_T', '_T', '_T')
),
small as (
    from total
    where has_status(obs_status, 'Q') and upper <= 4
)
select
    small.source, small.release, small.ref_area, small.indicator::indicator as indicator,
    small.time_basis, small.time_period, other.indicator as other_indicator,
    other.value as other_value, other.lower as other_lower, other.upper as other_upper
from small
join beyond using (indicator)
join total as other
    on other.source = small.source
    and other.release = small.release
    and other.ref_area = small.ref_area
    and other.time_basis = small.time_basis
    and other.time_period = small.time_period
    and other.indicator = beyond.other_indicator
    and other.lower >= beyond.least
    and not has_status(other.obs_status, 'U')
anti join doubtful
    on doubtful.source = small.source
    and doubtful.release = small.release
    and doubtful.ref_area = small.ref_area
    and doubtful.time_basis = small.time_basis
    and doubtful.time_period = small.time_period
    and doubtful.other_indicator = beyond.other_indicator
anti join small as also
    on also.source = small.source
    and also.release = small.release
    and also.ref_area = small.ref_area
    and also.time_basis = small.time_basis
    and also.time_period = small.time_period
    and also.indicator in ('PER_CONTACT', 'PER_PROSEC')
    and also.indicator <> small.indicator
qualify
    row_number() over (
        partition by
            small.source, small.release, small.ref_area, small.indicator, small.time_basis,
            small.time_period
        order by other.lower desc
    ) = 1;
