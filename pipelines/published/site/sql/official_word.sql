-- One row per state of the Americas: what its authorities, or others on its authorities, say of trafficking here;
-- treaties apart.
-- word: FIGURES, a source has a figure; NIL, the only figures are stated nils; REPEATED, only others
--   repeat figures; NOTHING, no source has one.
-- year: Last year of a figure.
with published_figure as (
    select
        country as ref_area,
        provenance = 'REPEATED' as is_repeated,
        upper = 0 as is_nil,
        year
    from published.observation
    join codelist.indicator as list on list.code = indicator
    where lower is not null and list.domain <> 'POL'
)
select
    area.code as ref_area,
    case
        when count(published_figure.ref_area) = 0 then 'NOTHING'
        when bool_and(is_repeated) then 'REPEATED'
        when bool_and(is_nil) filter (not is_repeated) then 'NIL'
        else 'FIGURES'
    end as word,
    max(year) as year
from codelist.area
left join published_figure on published_figure.ref_area = area.code
where is_oas
group by area.code
order by area.code;
