-- One row per figure of a relation that may be passed on. Columns are named as concepts, in any case,
-- and need no order; NaN is a missing figure.
with figure as (
    select
        * exclude (value, lower, upper),
        regexp_replace(columns(['value', 'lower', 'upper'])::varchar, '\.0$', ''),
        string_split(obs_status, ';') as statuses
    from {figures}
    semi join (from main.source where redistribute) as free using (source)
)
select
    * replace (statuses[1] as obs_status, nullif(array_to_string(flags, ';'), '') as flags),
    coalesce(value, 'NaN') as obs_value,
    lower as lower_bound,
    upper as upper_bound,
    statuses[2] as obs_status_2,
    if(len(statuses) > 3, error('more than three statuses: ' || obs_status), statuses[3])
        as obs_status_3,
    source as data_source,
    comment as comment_obs
from figure
