-- Mark the totals that their own parts contradict as doubtful: status U, and the reason in the comment.
update harmonised.observation as total
set
    obs_status = array_to_string(list_append(
        list_filter(string_split(obs_status, ';'), lambda status: status not in ('A', 'U')), 'U'
    ), ';'),
    comment = concat_ws('; ', comment, 'BELOW_PARTS')
from harmonised.contradicted_total as contradicted
where
    total.source = contradicted.source
    and total.release = contradicted.release
    and total.ref_area = contradicted.ref_area
    and total.indicator = contradicted.indicator
    and total.time_basis = contradicted.time_basis
    and total.time_period = contradicted.time_period
    and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    and not list_contains(string_split(obs_status, ';'), 'U');
