-- One row per indicator and count that holds now somewhere, be it printed or a sum of ours.
select distinct indicator, value::bigint as count
from harmonised.current_text
where value is not null and is_count(indicator)
union
select indicator, value::bigint as count
from published.national_sum
where value is not null
order by all;
