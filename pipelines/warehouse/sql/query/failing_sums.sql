-- One row per failing case of a rule about parts and totals, with the place of the printed total.
select
    rule, ref_area, indicator, time_period, subject, verdict,
    coalesce(total.locator, '') as locator,
    total.value_raw as found,
    dimension as "column",
    concat(title, '; here: ', detail) as message
from main.rule_result
join main.rule using (rule)
left join harmonised.observation as total using (source, release, cell_key)
order by all;
