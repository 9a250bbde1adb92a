-- a rate or a share has a value although a figure it is made of is suppressed or missing
with used as (
    select source, release, locator, ref_area, indicator, time_period
    from published.rate
    where value is not null
    union all
    select
        source, release, unnest([locator, total_locator]) as locator, ref_area, indicator,
        time_period
    from published.share
    where value is not null
)
select source, ref_area, indicator, time_period
from used
semi join (from harmonised.current where value is null) as hidden using (source, release, locator);
