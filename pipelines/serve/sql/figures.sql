-- One row per figure of a published table, with names in one language and what is to be known of it.
-- Of sources that may not be passed on there are no rows.
with known as (
    select
        source, ref_area, indicator, time_basis, year,
        string_agg(remark, ';' order by told.rank) as remarks,
        string_agg(word.name_{language}, '; ' order by told.rank) as remark_texts
    from published.remark as told
    join codelist.remark as word on word.code = told.remark
    where
        (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
        and may_be_passed_on(source)
        and may_be_passed_on(other_source)
    group by all
)
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
    known.remarks,
    known.remark_texts
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
left join known using (source, ref_area, indicator, time_basis, year)
where may_be_passed_on(figure.source)
order by state, figure.indicator, figure.year
