-- One row per state and indicator whose newest figure counts something else than the indicator says.
-- area: State, ISO 3166-1 alpha-3.
-- counts: What it counts: SERVED or FEDERAL_CASES (codelist.break_reason).
-- made_after: rules and statistics
create view judged.counted as
-- What figures of a series count, where that is not what the indicator says.
select ref_area as area, indicator, any_value(counts) as counts
from published.remark
join codelist.break_reason on break_reason.code = remark.detail
where remark = 'COUNTS_INSTEAD' and is_last
group by all;
