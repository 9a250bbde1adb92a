-- Hide the earlier figures of the rows `figures`: nothing of what was printed is left.
update harmonised.observation
set
    value = null,
    lower = 0,
    upper = null,
    value_raw = 'withheld',
    obs_status
    = concat_ws(';', 'Q', nullif(array_to_string(list_filter(
        string_split(obs_status, ';'), lambda status: status not in ('A', 'Q')
    ), ';'), '')),
    conf_status = 'S',
    flags = [],
    correction = [],
    true_since = null,
    comment = null
where rowid in (select unnest($figures::bigint[]));
