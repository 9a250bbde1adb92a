-- One row per source and release: rows in, published, quarantined, set aside, and why.
select
    source,
    release,
    sum(rows) filter (outcome = 'in') as rows_in,
    sum(rows) filter (outcome = 'published') as published,
    coalesce(sum(rows) filter (outcome = 'quarantined'), 0) as quarantined,
    coalesce(sum(rows) filter (outcome = 'set_aside'), 0) as set_aside,
    string_agg(rows || ' ' || reason, ', ' order by rows desc, reason)
        filter (outcome = 'quarantined') as rules,
    string_agg(rows || ' ' || reason, ', ' order by rows desc, reason)
        filter (outcome = 'set_aside') as filters
from main.row_account
group by all
order by source, release;
