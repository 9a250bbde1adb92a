-- One row per state and key fact: the newest figure, that of the first sentence included, and what the
-- same release prints of women and girls and of children among the detected victims of that year. Only
-- figures that may be passed on.
-- fact: Indicator of the newest figure; sex or age of the part.
-- remarks: What is known of a part, each a row of published.remark; empty for a figure itself.
with whole as (
    select
        indicator as fact, ref_area, indicator, source, release, year, time_basis, time_period, value,
        lower, upper, obs_status, conf_status
    from published.newest
    where
        (
            indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT')
            or (ref_area, indicator) in (
                select (area, indicator)
                from published.answer
                where question = 'HAPPENED'
            )
        )
        and may_be_passed_on(source)
),
part as (
    select
        if(part.sex = '_T', part.age, part.sex)::varchar as fact,
        whole.* replace (
            part.value as value,
            part.lower as lower,
            part.upper as upper,
            part.obs_status::varchar as obs_status,
            part.conf_status::varchar as conf_status
        ),
        (
            select list(known order by rank)
            from published.remark as known
            where
                known.source = part.source
                and known.ref_area = part.ref_area
                and known.indicator = part.indicator
                and known.time_basis = part.time_basis
                and known.year = part.year
                and (known.sex, known.age) = (part.sex, part.age)
                and (exploitation, citizenship) = ('_T', '_T')
                and may_be_passed_on(other_source)
        ) as remarks
    from whole
    join published.observation as part
        using (source, release, ref_area, indicator, time_basis, time_period)
    where
        indicator = 'VIC_DETECT'
        and (part.sex, part.age) in (('F', '_T'), ('_T', 'Y0T17'))
        and is_headline(
            freq, '_T', '_T', part.exploitation, part.citizenship, counterpart_role, part.breakdown
        )
)
select * exclude (indicator, time_period, remarks), coalesce(remarks, []) as remarks
from (from whole union all by name from part)
order by ref_area, fact;
