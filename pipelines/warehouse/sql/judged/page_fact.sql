-- One row per figure, verdict or headline that the page of a state shows, whatever place it has there. A
-- version of the database in which a state takes part is to lose none of them; see
-- pipelines.warehouse.page_facts.
-- kind: FIGURE, VERDICT (of the series to cite, or the size of its change) or HEADLINE.
-- year: Year of the figure, last year of the series.
-- cell: Codes of sex, age, form of exploitation and citizenship, joined by blanks.
-- verdict: Of a verdict, codes of codelist.trend_verdict and codelist.change_size; first year.
-- made_after: rules and statistics
create view judged.page_fact as
select
    'FIGURE' as kind, ref_area, of_indicator as indicator, year, '_T _T _T _T' as cell, source, lower,
    upper, null as verdict
from published.point
union all by name
select
    'FIGURE' as kind, ref_area, indicator, year, source, lower, upper,
    concat_ws(' ', sex, age, exploitation, citizenship) as cell
from published.victim_group
where shown = 'DRAWN'
union all by name
select
    'FIGURE' as kind, ref_area, 'VIC_DETECT_RATE' as indicator, year, '_T _T _T _T' as cell, source,
    value as lower, value as upper, case when is_contradicted then 'NOT_RANKED' else 'RANKED' end
        as verdict
from published.compared_rate
where indicator = 'VIC_DETECT'
union all by name
select
    'VERDICT' as kind, ref_area, indicator, year_of(last_period) as year, '_T _T _T _T' as cell,
    source, concat_ws(' ', first_period, trend_verdict, change_size) as verdict
from judged.cited_trend
where q_value is not null or jump_period is not null or turn_period is not null
    or change_size is not null
union all by name
select
    'HEADLINE' as kind, area as ref_area, 'VIC_DETECT' as indicator, year, '_T _T _T _T' as cell
from judged.happened
where year is not null
union all by name
select 'HEADLINE' as kind, ref_area, indicator, year, '_T _T _T _T' as cell
from published.newest
where indicator <> 'VIC_DETECT';
