-- a rate or a share has a value although a figure it is made of is suppressed or missing
-- each: derived
select source, ref_area, indicator, time_period
from published.each as derived
semi join (from harmonised.current where value is null) as hidden
    on hidden.source = derived.source
    and hidden.release = derived.release
    and hidden.locator = derived.each_column
where derived.value is not null;
