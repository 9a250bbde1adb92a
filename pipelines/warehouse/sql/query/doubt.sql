-- Mark what other figures show to be doubtful: status U, and the reason in the comment. A reader's
-- reason stays.
update harmonised.observation as figure
set
    obs_status = array_to_string(list_append(
        list_filter(string_split(obs_status, ';'), lambda status: status not in ('A', 'U')), 'U'
    ), ';'),
    comment = concat_ws('; ', comment, doubt.reason)
from harmonised.doubt
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
    and not contains(coalesce(comment, ''), 'doubt ');
