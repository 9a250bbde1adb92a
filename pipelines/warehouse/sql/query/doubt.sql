-- Mark what other figures show to be doubtful: status U, and the reasons among the flags. A reader's
-- reason stays.
update harmonised.observation as figure
set
    obs_status = array_to_string(list_append(
        list_filter(string_split(obs_status, ';'), lambda status: status not in ('A', 'U')), 'U'
    ), ';'),
    flags = list_concat(flags, doubt.reasons)
from (
    from harmonised.doubt
    union all by name
    select
        source, release, ref_area, indicator, time_basis, time_period, '_T' as exploitation,
        '_T' as sex, '_T' as age, ['SMALL_REFUTED'] as reasons
    from harmonised.small_refuted
) as doubt
where
    figure.source = doubt.source
    and figure.release = doubt.release
    and figure.ref_area = doubt.ref_area
    and figure.indicator = doubt.indicator
    and figure.time_basis = doubt.time_basis
    and figure.time_period = doubt.time_period
    and figure.exploitation::varchar = doubt.exploitation
    and coalesce(figure.sex::varchar = doubt.sex and figure.age::varchar = doubt.age, true)
    and freq = 'A'
    and citizenship = '_T'
    and counterpart_role = '_Z'
    and breakdown = '_T'
    and not list_contains(flags, 'CONTRADICTED');
