-- One row per state of which another source, or another count, has a newer figure than the one to cite.
-- area: State, ISO 3166-1 alpha-3.
-- form: Which kind of answer it is.
-- sources: Sources of all figures of the answer.
-- args: Codes and numbers of the answer by name; see published.answer.
-- made_after: rules and statistics
create view judged.other_newest as
select
    remark.ref_area as area,
    remark as form,
    other_indicator as indicator,
    other_source as source,
    other_year as year,
    [other_source] as sources,
    to_json({
        'figure': {'value': other_value, 'lower': other_lower, 'upper': other_upper},
        'year': {'year': other_year, 'time_basis': coalesce(other_time_basis, 'CY')},
        'source': {'source': other_source},
        'provenance': detail
    }) as args
from published.remark
join judged.happened on happened.area = remark.ref_area
where
    is_last
    and remark.indicator = 'VIC_DETECT'
    and remark in (
        'NEWER_SOURCE', 'NEWER_RATE', 'RECORDED_NEWER', 'INCIDENTS_NEWER', 'NEWER_REPEATED'
    )
    and other_year > happened.year
qualify
    row_number() over (
        partition by remark.ref_area order by other_year desc, remark.rank
    ) = 1;
