-- One row per figure of a published table, with names in one language and what is to be known of it,
-- as its SDMX flow says it. Of sources that may not be passed on there are no rows.
select
    figure.ref_area as state,
    figure.ref_area_name as state_name,
    figure.indicator,
    figure.indicator_name,
    figure.time_period as period,
    figure.year,
    figure.value,
    figure.lower,
    figure.upper,
    figure.value_raw as printed,
    figure.obs_status as status,
    figure.obs_status_name as status_name,
    figure.time_basis,
    figure.time_basis_name,
    figure.source,
    publisher.name as publisher,
    figure.release,
    release.citation,
    figure.break_reason,
    figure.break_reason_name,
    {own},
    said.remarks as remarks,
    said.remark_{language} as remark_texts
from published.named('published.{table}', '{language}') as figure
join (
    select
        source,
        case '{language}'
            when 'es' then publisher_es
            when 'pt' then publisher_pt
            when 'fr' then publisher_fr
            else publisher
        end as name
    from main.source
) as publisher using (source)
join (select source, release, citation from main.release) as release using (source, release)
join memory.sdmx.{flow} as said using (ref_area, indicator, time_period)
order by state, figure.indicator, figure.year
