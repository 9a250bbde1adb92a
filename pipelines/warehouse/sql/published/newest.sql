-- One row per state and indicator: the newest figure that may be cited. Where an international
-- questionnaire has any, it is of such a one or of the state's own authority, else of any source. Of
-- several of one year, that of the state's own authority, then that of the series in
-- published.national_series. The series that is tested
-- may end earlier, and may be of another source.
-- ref_area: State, ISO 3166-1 alpha-3.
-- time_period: Year, YYYY, of the kind in time_basis.
-- year: Year of the period, as a number.
-- value_raw: The printed text, untouched; empty for a sum.
-- obs_status: Status of the figure, SDMX CL_OBS_STATUS; several joined by ; the primary first. A sum
--   has A, or Q where one of its parts is suppressed.
-- conf_status: Confidentiality of the figure (codelist.conf_status); of a sum, that of its parts.
-- def_scope: Legal scope of trafficking (codelist.def_scope); of a sum, that of its source.
-- is_sum: Whether it is our sum of what the source prints (published.national_sum).
-- locator: The way back to the printed cell: file, sheet, row; empty for a sum.
-- provenance: Whether it was read in the publisher's own file or in a copy of it
--   (codelist.provenance).
-- is_of_series: Whether it is the last figure of the series in published.national_series.
-- key: ref_area, indicator
-- terms: source
-- extract: csv, json, sdmx, workbook
-- disclosure: repeats
create table published.newest as
select
    citable.ref_area, citable.indicator, citable.time_period, citable.year, citable.source,
    citable.release, citable.time_basis, citable.value, citable.lower, citable.upper,
    citable.value_raw, citable.obs_status, citable.conf_status, citable.def_scope, citable.is_sum,
    citable.locator, citable.flags, citable.comment, citable.break_reason, citable.provenance,
    series.source is not null as is_of_series
from judged.citable
left join (
    select distinct ref_area, indicator, source, time_basis
    from published.national_series
) as series using (ref_area, indicator, source, time_basis)
left join (
    select distinct ref_area, indicator
    from judged.citable
    where is_questionnaire
) as asked
    on asked.ref_area = citable.ref_area and asked.indicator = citable.indicator
qualify
    row_number() over (
        partition by citable.ref_area, citable.indicator
        order by
            is_questionnaire or is_own and asked.indicator is not null desc, citable.year desc,
            is_own desc, series.source is null, run desc, last_release desc, citable.source, citable.time_basis::time_basis
    ) = 1
order by all;
