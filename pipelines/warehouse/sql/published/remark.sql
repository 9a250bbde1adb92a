-- One row per figure and thing to know about it, in codes and numbers. A figure is a yearly total
-- of a state that holds now, of any source, or our sum where it is cited; a part of one where
-- something is known of that part; or the figure that is absent. What holds for all figures of a
-- source is said by the source (codelist.remark, scope source) and has no rows.
-- source: Source of the figure; empty where no source has one.
-- year: Year of the figure; empty where there is none.
-- remark: What to know (codelist.remark).
-- severity: doubt: the figure is not cited; caution: it is, but compared with no other state's; note;
--   absent: why there is no figure.
-- comparability: Least level of comparability that it sets (codelist.comparability).
-- scope: figure; series: of the cited series, at its last year; part; absent.
-- rank: Place among the remarks on the figure: 1 is said first.
-- is_cited: Whether it is about a figure to cite: of published.national_series or published.newest.
-- is_last: Whether that is the newest (published.newest).
-- other_source: Source of the other figure that bears on it.
-- other_indicator: Indicator of the other figure.
-- other_time_basis: Kind of year of the other figure.
-- other_year: Year of the other figure, or of the break.
-- other_value: The other figure; empty if suppressed.
-- other_lower: Least possible figure of the other.
-- other_upper: Greatest possible figure of the other.
-- detail: What else was used: the dimension or form of exploitation that exceeds the total, the
--   break's reason, the release, `up` or `down` for a jump, or the provenance of a newer rate.
-- same: Years in which two indicators have the same number.
-- years: Years that both have.
-- expected: Pairs of series of which chance would make as many years equal.
-- unknown_upper: Greatest number of persons of unknown sex and age, where the parts exceed the total.
-- kept_out: Totals in quarantine, where there is no figure.
-- key: source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship,
--   remark
-- terms: source, other_source
-- extract: json, workbook
-- disclosure: selected
-- made_after: rules and statistics
create table published.remark as
with figure as (from judged.figure),
own as (
    from judged.own
    where
        freq = 'A'
        and counterpart_role = '_Z'
        and breakdown = '_T'
        and ref_area in (select code from codelist.area where is_oas)
),
of_part as (
    select
        source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship,
        unnest(list_intersect(
            own.remarks,
            list_concat(
                flags,
                (
                    select list(code)
                    from codelist.remark
                    where severity = 'doubt' or (scope = 'part' and code <> 'AGE_MOMENT')
                )
            )
        )) as remark
    from own
    where (sex, age, exploitation, citizenship) <> ('_T', '_T', '_T', '_T')
),
of_total as (
    select source, ref_area, indicator, time_basis, year, unnest(remarks) as remark
    from figure
    where lower is not null
),
form as (
    select
        source, ref_area, indicator, time_basis, time_period, sex, age,
        arg_max({'form': exploitation, 'value': value}, value) as largest
    from own
    where exploitation <> '_T' and citizenship = '_T' and not has_status(obs_status, 'U')
    group by all
),
exceeding as (
    select
        source, release, ref_area, indicator::varchar as indicator, time_basis::varchar as time_basis,
        time_period, arg_max({
            'dimension': dimension, 'lower': parts_lower, 'upper': parts_upper,
            'unknown': unknown_upper
        }, row(parts_lower, -parts_upper, dimension)) as parts
    from harmonised.margin
    where
        is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
        and dimension in ('sex', 'age', 'sex_by_age', 'citizenship')
        and parts_lower > total_upper
    group by all
),
later as (
    select
        source, release, ref_area::varchar as ref_area, indicator::varchar as indicator,
        time_basis::varchar as time_basis, time_period, value, lower, upper
    from harmonised.observation
    join main.release using (source, release)
    where
        provenance = 'REPEATED'
        and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    qualify
        row_number() over (
            partition by source, ref_area, indicator, time_basis, time_period order by release desc
        ) = 1
),
flagged as (
    -- Figures that hold now are checked as one series, under the newest release.
    select rule_result.*, year_of(time_period) as year
    from main.rule_result
    join main.release using (source, release)
    join codelist.area on area.code = rule_result.ref_area and area.is_oas
    where is_newest and freq = 'A'
),
stage as (
    select *
    from (
        values ('PER_CONTACT', 'PER_PROSEC'), ('PER_PROSEC', 'PER_CONVICT')
    ) as stages (earlier, next)
),
found as (
    from of_total
    where remark not in (select code from codelist.remark where scope = 'source')
    union all by name
    from of_part
    union all by name
    select
        source, ref_area, indicator, time_basis, year, 'SMALL_REFUTED' as remark,
        source as other_source, other_indicator, time_basis as other_time_basis,
        year as other_year, other_value, other_lower, other_upper
    from figure
    join (
        select
            * replace (indicator::varchar as indicator, ref_area::varchar as ref_area,
                time_basis::varchar as time_basis)
        from harmonised.small_refuted
    ) as refuted using (source, release, ref_area, indicator, time_basis, time_period)
    union all by name
    select
        source, ref_area, indicator, time_basis, year, sex, age, 'FORM_EXCEEDS' as remark,
        largest.form as detail, source as other_source, indicator as other_indicator,
        time_basis as other_time_basis, year as other_year, largest.value as other_value,
        largest.value as other_lower, largest.value as other_upper
    from (
        select
            source, ref_area, indicator, time_basis, time_period, year, '_T' as sex, '_T' as age,
            upper, obs_status
        from figure
        union all by name
        select
            source, ref_area, indicator, time_basis, time_period, year, sex, age, upper, obs_status
        from own
        where (exploitation, citizenship) = ('_T', '_T') and (sex, age) <> ('_T', '_T')
    ) as whole
    join form using (source, ref_area, indicator, time_basis, time_period, sex, age)
    where largest.value > upper and not has_status(obs_status, 'U')
    union all by name
    select
        source, ref_area, indicator, time_basis, year, 'PARTS_EXCEED' as remark,
        parts.dimension as detail, source as other_source, indicator as other_indicator,
        time_basis as other_time_basis, year as other_year,
        if(parts.lower = parts.upper, parts.lower, null) as other_value,
        parts.lower as other_lower, nullif(parts.upper, 'infinity'::double) as other_upper,
        parts.unknown as unknown_upper
    from figure
    join exceeding using (source, release, ref_area, indicator, time_basis, time_period)
    where not has_status(obs_status, 'U')
    union all by name
    select
        source, ref_area, indicator, time_basis, year,
        case
            when expected > parameter.same_number_by_chance() then 'SAME_NUMBER'
            when kind = other_kind then 'SAME_STAGE_YEARS'
            else 'SAME_NUMBER_YEARS'
        end as remark,
        source as other_source, other_indicator, time_basis as other_time_basis,
        year as other_year, value as other_value, value as other_lower, value as other_upper, same,
        years, expected
    from judged.same_number
    where
        expected <= parameter.same_number_by_chance()
        or value >= parameter.least_same_number_of_one_year()
    qualify
        row_number() over (
            partition by source, ref_area, indicator, time_basis, year, remark
            order by same desc, other_indicator
        ) = 1
    union all by name
    select
        flagged.source, flagged.ref_area, flagged.indicator, flagged.time_basis, flagged.year,
        'OTHER_COUNT_YEARS' as remark, other.source as other_source,
        other.indicator as other_indicator, other.time_basis as other_time_basis,
        other.year as other_year, other.value as other_value, other.lower as other_lower,
        other.upper as other_upper
    from flagged
    join figure as other
        on other.source = flagged.other_source
        and other.ref_area = flagged.ref_area
        and other.indicator = flagged.other_indicator
        and other.time_period = flagged.time_period
    join figure as mine
        on mine.source = flagged.source
        and mine.ref_area = flagged.ref_area
        and mine.indicator = flagged.indicator
        and mine.time_basis = flagged.time_basis
        and mine.time_period = flagged.time_period
    where
        rule = 'sources_count_different_units'
        and mine.reprints = ''
        and other.reprints = ''
        and mine.may_stand
        and other.may_stand
    qualify
        row_number() over (
            partition by
                flagged.source, flagged.ref_area, flagged.indicator, flagged.time_basis, flagged.year
            order by other.source, other.indicator
        ) = 1
    union all by name
    select
        source, ref_area, indicator, time_basis, year,
        case
            when is_confirmed then 'JUMP_CONFIRMED'
            when is_spike then 'SPIKE'
            when is_at_break then 'JUMP_AT_BREAK'
            else 'JUMP'
        end as remark,
        way as detail, source as other_source, indicator as other_indicator,
        time_basis as other_time_basis, year - 1 as other_year, before_value as other_value,
        before_lower as other_lower, before_upper as other_upper
    from judged.jump
    where is_spike or not is_after_spike
    union all by name
    select distinct source, ref_area, indicator, time_basis, year, 'OUTLIER' as remark
    from flagged
    where rule = 'no_total_is_an_outlier'
    union all by name
    select
        * exclude (ratio, has_other_scope),
        if(
            ratio >= parameter.factor_of_twice_another() and not has_other_scope,
            'TWICE_ANOTHER', 'OTHER_FIGURE'
        ) as remark
    from judged.apart
    where
        (source, ref_area, indicator, time_basis, year) in (
            select (source, ref_area, indicator, time_basis, year)
            from figure
        )
    union all by name
    select
        figure.source, figure.ref_area, figure.indicator, figure.time_basis, figure.year,
        if(
            abs(later.value - figure.value) <= parameter.near_later_release() * figure.value,
            'LATER_RELEASE_NEAR', 'LATER_RELEASE'
        ) as remark,
        later.release as detail, later.source as other_source, later.indicator as other_indicator,
        later.time_basis as other_time_basis, figure.year as other_year, later.value as other_value,
        later.lower as other_lower, later.upper as other_upper
    from figure
    join later using (source, ref_area, indicator, time_basis, time_period)
    where
        later.release > figure.release
        and not lies_within(later.lower, later.upper, figure.lower, figure.upper)
    union all by name
    select
        figure.source, figure.ref_area, figure.indicator, figure.time_basis, figure.year,
        'COUNTS_INSTEAD' as remark, arg_max(series_break.reason, series_break.time_period) as detail
    from figure
    join main.series_break using (source, ref_area, indicator)
    join codelist.break_reason on break_reason.code = series_break.reason
    where counts <> '' and year_of(series_break.time_period) <= figure.year
    group by all
    union all by name
    from judged.newer
    union all by name
    select
        earlier.source, earlier.ref_area, earlier.indicator, earlier.time_basis, earlier.year,
        'STAGES_REVERSED' as remark, next.source as other_source, next.indicator as other_indicator,
        next.time_basis as other_time_basis, next.year as other_year, next.value as other_value,
        next.lower as other_lower, next.upper as other_upper
    from figure as earlier
    join stage on stage.earlier = earlier.indicator
    join figure as next
        on next.indicator = stage.next
        and next.source = earlier.source
        and next.ref_area = earlier.ref_area
        and next.time_basis = earlier.time_basis
        and next.time_period = earlier.time_period
    where earlier.may_stand and next.may_stand and next.lower > earlier.upper
    union all by name
    select
        source, ref_area, indicator, time_basis, year, 'REVISED' as remark,
        previous_release as detail, source as other_source, indicator as other_indicator,
        time_basis as other_time_basis, year as other_year, previous_value as other_value
    from figure
    where previous_release is not null
    union all by name
    select
        source, ref_area, indicator, time_basis, year, 'BREAK' as remark, break_reason as detail
    from figure
    where break_reason is not null
    union all by name
    select source, ref_area, indicator, time_basis, year, 'LEAVES_OUT' as remark
    from figure
    semi join (from main.source where leaves_out_en <> '') as partial using (source)
    where lower is not null
    union all by name
    select
        cited.source, cited.ref_area, cited.indicator, cited.time_basis, cited.year,
        'COMPARABLE_SINCE' as remark, max(broken.year) as other_year
    from figure as cited
    join figure as broken using (source, ref_area, indicator, time_basis)
    join figure as before using (source, ref_area, indicator, time_basis)
    where
        cited.is_last
        and broken.year <= cited.year
        and (broken.break_reason is not null or has_status(broken.obs_status, 'B'))
        and before.year < broken.year
    group by all
    union all by name
    select
        source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship,
        if(verdict = 'printed twice', 'PRINTED_TWICE', 'SMALLER_THAN_PARTS') as remark
    from flagged
    where
        verdict = 'printed twice'
        or verdict = 'exceeds' and exploitation <> '_T' and citizenship = '_T' and rule in (
            select rule.rule from main.rule where doubts = 'persons'
        )
    union by name
    select distinct
        source, ref_area, indicator, time_basis, year_of(time_period) as year, '_U' as citizenship,
        'UNREAD' as remark
    from main.quarantine
    join main.release using (source, release)
    where
        is_current
        and rule in ('labels_are_known', 'labels_are_readable')
        and citizenship is null
        and ref_area is not null
    union all by name
    select source, ref_area, indicator, time_basis, year, remark, kept_out
    from judged.absent
),
said as (
    -- A code that two of these know is said once, with what the other figure is.
    from (
        select * replace (
            coalesce(sex, '_T') as sex,
            coalesce(age, '_T') as age,
            coalesce(exploitation, '_T') as exploitation,
            coalesce(citizenship, '_T') as citizenship
        )
        from found
    )
    qualify
        row_number() over (
            partition by
                source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship,
                remark
            order by other_source nulls last, detail nulls last
        ) = 1
)
select
    said.source,
    said.ref_area,
    said.indicator,
    said.time_basis,
    said.year,
    said.sex,
    said.age,
    said.exploitation,
    said.citizenship,
    said.remark,
    list.severity,
    nullif(list.comparability, '') as comparability,
    list.scope,
    row_number() over (
        partition by
            said.source, said.ref_area, said.indicator, said.time_basis, said.year, sex, age,
            exploitation, citizenship
        order by list.rank::integer, said.remark
    ) as rank,
    coalesce(figure.is_cited, false) as is_cited,
    coalesce(figure.is_last, false) as is_last,
    other_source,
    other_indicator,
    other_time_basis,
    other_year,
    other_value,
    other_lower,
    other_upper,
    detail,
    same,
    years,
    expected,
    unknown_upper,
    kept_out
from said
join codelist.remark as list on list.code = said.remark
left join figure
    on (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
    and figure.source = said.source
    and figure.ref_area = said.ref_area
    and figure.indicator = said.indicator
    and figure.time_basis = said.time_basis
    and figure.year = said.year;
