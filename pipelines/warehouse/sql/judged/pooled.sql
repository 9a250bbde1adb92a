-- One row per series to cite that is put together with those of other states: it counts what its
-- indicator says. What a break makes it count instead is in codelist.break_reason.counts.
create view judged.pooled as
select distinct source, ref_area, indicator, time_basis
from published.national_series
anti join (
    select source, ref_area, indicator
    from main.series_break
    join codelist.break_reason on break_reason.code = series_break.reason
    where counts <> ''
) as other using (source, ref_area, indicator);
