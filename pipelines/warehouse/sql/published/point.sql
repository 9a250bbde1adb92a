-- One row per state, indicator, year and figure that a chart of the indicator over time draws: the
-- series to cite, what of its source is doubted, figures that contradict it, and newer ones.
-- drawn_as: SERIES: of published.national_series; NEWEST: of published.newest, from another source, or of
--   another measure that the state's sentence gives;
--   BESIDE: of the state's own authority where the series is another's, of who else has most years where
--   the series is the state's own, and the newest of who else is newer than the series, where the
--   state's own is newest; whether or not the series has the year too;
--   DOUBTED: of the source of one of these, but of low reliability, and so not cited, unless something else
--   than a figure stands in its place (the year, the number of a question); OTHER: another figure of
--   the same year that is further off than {parameter.least_distance_of_other} % of it; NEWER: of a later
--   year, not yet to be cited.
-- indicator: The indicator of the series.
-- of_indicator: The indicator of this figure: another one where another measure is drawn beside.
-- remark: Why an OTHER, NEWER or DOUBTED figure stands here (codelist.remark).
-- is_break: Whether earlier figures do not compare with this one and later ones.
-- break_year: First year after the break, which may have no figure; empty without one.
-- break_reason: Why (codelist.break_reason).
-- is_lone: Whether the usual level leaves the figure out, as a year that stands alone (SPIKE).
-- preference: Of an OTHER figure: why the series' figure goes before it (codelist.preference).
-- made_after: rules and statistics
-- key: ref_area, indicator, drawn_as, year, source, of_indicator, remark
-- terms: source
-- extract: none
-- disclosure: selected
create table published.point as
with series as (
    select
        ref_area, indicator, year, source, time_basis, value, lower, upper, obs_status, break_reason,
        citation_reason
    from published.national_series
),
of_other_kind as (
    select
        citable.ref_area, citable.indicator, citable.year, citable.source, citable.time_basis,
        citable.value, citable.lower, citable.upper, citable.obs_status
    from judged.citable
    join (
        select
            ref_area, indicator, is_own_authority(any_value(source), ref_area) as is_own
        from published.national_series
        group by ref_area, indicator
    ) as cited using (ref_area, indicator)
    where citable.is_own <> cited.is_own
    qualify
        citable.is_own
        or dense_rank() over (
            partition by ref_area, indicator
            order by
                is_questionnaire desc, run desc, citable.last_year desc, last_release desc,
                citable.source, citable.time_basis::time_basis
        ) = 1
),
outdone as (
    -- Of who else is newer than the series, the newest figure, if the state's own is newer or as new.
    select
        figure.ref_area, figure.indicator, figure.year, figure.source, figure.time_basis, figure.value,
        figure.lower, figure.upper, figure.obs_status
    from judged.figure as figure
    join published.newest as newest
        on newest.ref_area = figure.ref_area
        and newest.indicator = figure.indicator
        and is_own_authority(newest.source, newest.ref_area)
    join (
        select ref_area, indicator, max(year) as last_year
        from published.national_series
        where not is_own_authority(source, ref_area)
        group by ref_area, indicator
    ) as cited on cited.ref_area = figure.ref_area and cited.indicator = figure.indicator
    where
        figure.may_stand
        and not is_own_authority(figure.source, figure.ref_area)
        and figure.year > cited.last_year
    qualify
        row_number() over (
            partition by
                figure.ref_area, figure.indicator, coalesce(figure.provenance = 'REPEATED', false)
            order by figure.year desc, figure.source
        ) = 1
),
doubted as (
    select
        figure.ref_area, figure.indicator, figure.year, figure.source, figure.time_basis, figure.value,
        figure.lower, figure.upper, figure.obs_status, figure.break_reason,
        coalesce(remark.remark, 'UNRELIABLE') as remark
    from judged.figure as figure
    semi join (
        select source, ref_area, indicator, time_basis
        from series
        union
        select source, ref_area, indicator, time_basis
        from of_other_kind
    ) using (source, ref_area, indicator, time_basis)
    left join published.remark as remark
        on remark.source = figure.source
        and remark.ref_area = figure.ref_area
        and remark.indicator = figure.indicator
        and remark.time_basis = figure.time_basis
        and remark.year = figure.year
        and remark.severity = 'doubt'
        and (remark.sex, remark.age, remark.exploitation, remark.citizenship)
        = ('_T', '_T', '_T', '_T')
    where
        not figure.is_cited
        and figure.lower is not null
        and has_status(figure.obs_status, 'U')
        and not list_has_any(figure.remarks, ['OWN_YEAR', 'QUESTION_NUMBER'])
    qualify
        row_number() over (
            partition by figure.source, figure.ref_area, figure.indicator, figure.time_basis, figure.year
            order by remark.rank
        ) = 1
),
beside as (
    -- Other figures of years of the series, and newer ones.
    select
        remark.ref_area, remark.indicator, coalesce(remark.other_year, remark.year) as year,
        remark.other_source as source,
        coalesce(remark.other_indicator, remark.indicator) as of_indicator,
        coalesce(remark.other_time_basis, remark.time_basis) as time_basis,
        remark.other_value as value, remark.other_value as lower, remark.other_value as upper,
        remark.remark,
        case
            when remark.remark in ('NEWER_SOURCE', 'RECORDED_NEWER', 'INCIDENTS_NEWER', 'NEWER_REPEATED')
                then 'NEWER'
            else 'OTHER'
        end as drawn_as,
        remark.source as own_source, own.value as own_value
    from published.remark as remark
    join judged.figure as own
        on own.source = remark.source
        and own.ref_area = remark.ref_area
        and own.indicator = remark.indicator
        and own.time_basis = remark.time_basis
        and own.year = remark.year
    where
        (remark.sex, remark.age, remark.exploitation, remark.citizenship) = ('_T', '_T', '_T', '_T')
        and remark.other_value is not null
        and remark.remark in (
            'OTHER_FIGURE', 'TWICE_ANOTHER', 'PARTS_EXCEED', 'FORM_EXCEEDS', 'LATER_RELEASE',
            'BELOW_PARTS', 'NEWER_SOURCE', 'RECORDED_NEWER', 'INCIDENTS_NEWER', 'NEWER_REPEATED'
        )
),
other as (
    select
        beside.ref_area, beside.indicator, beside.year, beside.source, of_indicator, beside.time_basis,
        beside.value, beside.lower, beside.upper, remark, drawn_as,
        case
            when drawn_as = 'NEWER' then null
            when
                own_value is null
                or greatest(beside.value, own_value)
                >= parameter.factor_of_disagreement() * least(beside.value, own_value)
                then 'UNTOLD'
            when beside.source = own_source then 'UNTOLD'
            when agreeing.value is not null then 'AGREED'
            when series.citation_reason = 'QUESTIONNAIRE' then 'QUESTIONNAIRE'
            when of_other.reprints <> '' then 'COPY'
            else 'UNTOLD'
        end as preference
    from beside
    join series
        on series.source = own_source
        and series.ref_area = beside.ref_area
        and series.indicator = beside.indicator
    left join main.source as of_other on of_other.source = beside.source
    left join judged.figure as agreeing
        on agreeing.ref_area = beside.ref_area
        and agreeing.indicator = beside.indicator
        and agreeing.year = beside.year
        and agreeing.source not in (own_source, beside.source)
        and agreeing.may_stand
        and agreeing.value between own_value * (1 - parameter.least_distance_of_other())
        and own_value * (1 + parameter.least_distance_of_other())
    where
        drawn_as = 'NEWER'
        or own_value is null
        or abs(beside.value - own_value) > parameter.least_distance_of_other() * own_value
    qualify
        row_number() over (
            partition by
                beside.ref_area, beside.indicator, drawn_as, beside.year, beside.source,
                beside.of_indicator, beside.remark
            order by agreeing.source, series.year
        ) = 1
),
newest as (
    select
        ref_area, indicator, year, source, time_basis, value, lower, upper, obs_status, break_reason
    from published.newest
    where not is_of_series
),
recorded as (
    -- The figure that the state's sentence gives, where it is one of recorded victims.
    select
        newest.ref_area, 'VIC_DETECT' as indicator, newest.indicator as of_indicator, newest.year,
        newest.source, newest.time_basis, newest.value, newest.lower, newest.upper
    from published.newest
    join judged.happened on happened.area = newest.ref_area and happened.indicator = newest.indicator
    semi join series on series.ref_area = newest.ref_area and series.indicator = 'VIC_DETECT'
    where newest.indicator = 'VIC_RECORDED'
),
every as (
    select
        ref_area, indicator, 'SERIES' as drawn_as, year, source, indicator as of_indicator, time_basis, value,
        lower, upper, obs_status, has_status(obs_status, 'B') or break_reason is not null as is_break,
        break_reason, '' as remark, null as preference
    from series
    union all by name
    select *, 'NEWEST' as drawn_as, indicator as of_indicator, '' as remark, false as is_break
    from newest
    union all by name
    select *, 'NEWEST' as drawn_as, '' as remark, false as is_break
    from recorded
    union all by name
    select *, 'BESIDE' as drawn_as, indicator as of_indicator, '' as remark, false as is_break
    from (
        from of_other_kind
        union
        from outdone
    )
    anti join newest using (ref_area, indicator, year, source)
    union all by name
    select
        *, 'DOUBTED' as drawn_as, indicator as of_indicator,
        has_status(obs_status, 'B') or break_reason is not null as is_break
    from doubted
    union all by name
    select
        ref_area, indicator, drawn_as, year, source, of_indicator, time_basis, value, lower, upper, remark,
        preference, false as is_break
    from other
    anti join recorded using (ref_area, indicator, of_indicator, year)
    anti join (
        from of_other_kind
        union
        from outdone
    ) as beside
        on beside.ref_area = other.ref_area
        and beside.indicator = other.of_indicator
        and beside.source = other.source
        and beside.year = other.year
),
broken as (
    select
        every.source, every.ref_area, every.indicator, every.year,
        max(left(series_break.time_period, 4)::integer) as break_year
    from every
    join main.series_break
        on series_break.source = every.source
        and series_break.ref_area = every.ref_area
        and series_break.indicator = every.indicator
        and series_break.reason = every.break_reason
        and left(series_break.time_period, 4)::integer <= every.year
    group by all
)
select
    every.*,
    case when is_break then coalesce(broken.break_year, every.year) end as break_year,
    coalesce(jump.is_spike, false) as is_lone
from every
left join broken using (source, ref_area, indicator, year)
left join (
    from judged.jump
    semi join judged.level using (source, ref_area, indicator, time_basis)
    semi join judged.trend_point using (source, ref_area, indicator, time_basis, year)
    where is_spike
) as jump
    on every.drawn_as = 'SERIES'
    and jump.source = every.source
    and jump.ref_area = every.ref_area
    and jump.indicator = every.indicator
    and jump.time_basis = every.time_basis
    and jump.year = every.year
order by all;
