-- One row per source, treaty and state: whether it is true in the last year, and since when.
-- is_party: Whether the indicator is true in the last year; empty if the source has no date, but for
--   parties whose day it lacks: see the caveats of int_untc.
-- since: The day that the source gives, ISO 8601, else the first year in which it is true.
-- last_year: The last year that the source covers.
with undated (treaty, area) as (
    values
        ('POL_ILO_P029', 'MEX'), ('POL_ILO_P029', 'PAN'),
        ('POL_ILO_C182', 'CUB'), ('POL_ILO_C182', 'DMA'), ('POL_ILO_C182', 'GRD'), ('POL_ILO_C182', 'KNA')
)
select
    source,
    max(release) as release,
    indicator,
    ref_area,
    max(year) as last_year,
    arg_max(value, year) = 1 or bool_or(area is not null) as is_party,
    coalesce(
        arg_max(true_since, year),
        min(year) filter (value = 1)::varchar
    ) as since
from published.observation
left join undated on treaty = indicator and area = ref_area
where
    is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    and indicator in (select indicator from published.observation where true_since is not null)
group by all
order by all;
