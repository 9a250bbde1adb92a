-- The pipeline's job for GLOTIP and the population, written by hand in DuckDB's SQL to be as fast
-- as we can make it. It reads the same files and leaves the same Parquet files and tables. Each
-- distinct label, year and figure is translated and checked once and then joined to its rows.
-- The code lists and the empty tables of the warehouse are there. The current folder has data/raw
-- and reference/, in which label.csv says what labels mean.

insert into main.source by name
from 'reference/source.parquet';

insert into main.series_break by name
from 'reference/series_break.parquet';

insert into main.raw_file by name
from read_csv('data/raw/manifest.csv', all_varchar = true);

insert into main.release by name
select
    source, release, action, rows, publisher, retrieved, licence, citation,
    release = max(release) over (partition by source) as is_newest,
    is_newest as is_current
from main.raw_file;

insert into main.build
values ('by hand', '');

create temp table printed as
from read_csv(
    'data/raw/int_unodc_glotip/2025-12-31.csv',
    auto_detect = false, header = true, delim = ',', quote = '"', nullstr = 'empty cells stay',
    columns = {
        'row': 'bigint', 'Iso3_code': 'varchar', 'Country': 'varchar', 'Region': 'varchar',
        'Subregion': 'varchar', 'Indicator': 'varchar', 'Dimension': 'varchar',
        'Category': 'varchar', 'Sex': 'varchar', 'Age': 'varchar', 'Year': 'varchar',
        'Unit of measurement': 'varchar', 'txtVALUE': 'varchar', 'Source': 'varchar'
    }
);

-- What each distinct label means, or the rule that it breaks.

create temp macro label_rule(label, code) as
    case
        when trim(label) = '' or contains(label, chr(65533))
            or regexp_full_match(trim(label), '[\d.,\s]+') then 'labels_are_readable'
        when code is null then 'labels_are_known'
    end;

create temp table known as
select list, lower(label) as label, code
from read_csv('reference/label.csv', header = true, all_varchar = true)
union all
select 'area', lower(code), code
from codelist.area
where not starts_with(code, '_');

create temp table reporter as
select
    Iso3_code,
    known.code::area as reporter,
    label_rule(Iso3_code, known.code) as reporter_rule,
    coalesce(
        not area.is_oas,
        Iso3_code in ('CAR', 'CAS', 'EEU', 'MCA', 'MCN', 'SAF', 'SAM', '', 'Aruba/Curacao')
    ) as is_elsewhere
from (select distinct Iso3_code from printed)
left join known on list = 'area' and label = lower(trim(Iso3_code))
left join codelist.area on area.code = Iso3_code;

create temp table sex_label as
select Sex, code::sex as sex_code, label_rule(Sex, code) as sex_rule
from (select distinct Sex from printed)
left join known on list = 'sex' and label = lower(trim(Sex));

create temp table age_label as
select Age, code::age as age_code, label_rule(Age, code) as age_rule
from (select distinct Age from printed)
left join known on list = 'age' and label = lower(trim(Age));

create temp table kind as
with seen as (
    select distinct
        Indicator, Dimension, Category,
        Dimension = 'by form of exploitation' as is_form,
        Dimension = 'by citizenship' as is_nation,
        Dimension = 'by country of repatriation' as is_return
    from printed
),
translated as (
    select
        seen.*,
        event.code as event,
        nation.code as nation,
        not area.is_oas as is_elsewhere,
        case
            when not is_return then event.code
            when event.code = 'VIC_DETECT' then 'VIC_REPATR'
        end as indicator_code,
        case when is_form then form.code else '_T' end as exploitation,
        case when is_nation then nation.code else '_T' end as citizenship,
        case
            when not is_return then '_Z'
            when Category = 'Abroad' then '_T'
            when not starts_with(area.code, '_') then area.code
        end as other
    from seen
    left join known as event on event.list = 'indicator' and event.label = lower(trim(Indicator))
    left join known as form on form.list = 'form' and form.label = lower(trim(Category))
    left join known as nation on nation.list = 'nation' and nation.label = lower(trim(Category))
    left join codelist.area on area.code = nation.code
)
select
    Indicator, Dimension, Category, is_return,
    other <> '_T' and is_elsewhere as other_is_elsewhere,
    Category in ('TOTAL', 'TOTAL POR AÑO') as is_own_total,
    indicator_code::indicator as indicator_code,
    exploitation::exploitation as exploitation,
    citizenship::citizenship_area as citizenship,
    other::area as other,
    case when other is null then coalesce(label_rule(Category, nation), 'labels_are_known') end as other_rule,
    case
        when label_rule(Indicator, event) is not null then label_rule(Indicator, event)
        when Dimension <> 'Total' and not is_form and not is_nation and not is_return then 'labels_are_known'
        when is_return and event <> 'VIC_DETECT' then 'labels_are_known'
    end as indicator_rule,
    case when is_form then label_rule(Category, exploitation) end as exploitation_rule,
    case when is_nation then label_rule(Category, citizenship) end as citizenship_rule,
    coalesce(other_rule, indicator_rule, exploitation_rule, citizenship_rule) as kind_rule,
    contains(dims_allowed, 'SEX') as has_sexes,
    contains(dims_allowed, 'AGE') as has_ages,
    (exploitation = '_T' or contains(dims_allowed, 'EXPLOITATION'))
    and (citizenship = '_T' or contains(dims_allowed, 'CITIZENSHIP'))
    and (not is_return or contains(dims_allowed, 'COUNTERPART')) as has_kind
from translated
left join codelist.indicator as list on list.code = indicator_code;

create temp table period as
select
    Year,
    Year < '2017' as is_early,
    case
        when not regexp_full_match(Year, '[0-9]{4}') then 'period_is_well_formed'
        when not Year[:4] between '1990' and '2025' then 'period_is_over_and_not_before_1990'
    end as period_rule
from (select distinct Year from printed);

-- What each distinct printed figure means; V4 and V6 as in the contract.

create temp table figure as
with body as (
    select
        txtVALUE,
        trim(txtVALUE, ' ' || chr(160) || chr(8201) || chr(8239)) as body,
        regexp_extract(body, '^(<=?|≤|-|−)?(.*)$', 2) as digits,
        lower(body) in (
            '', '-', '–', '—', '−', '..', '...', '…', ':', 'nan', 'n/a', 'na', 'n.a.'
        ) as is_unexplained,
        lower(body) in ('n.d.', 'n/d', 's/d') as is_unavailable,
        body[1] in ('<', '≤') as is_below,
        case
            when regexp_full_match(digits, '(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?')
                then replace(digits, ',', '')::double
        end as size,
        size - (body[1] = '<' and body[:2] <> '<=')::integer as greatest,
        not is_unexplained and not is_unavailable
        and (size is null or size >= 1e15 or is_below and (greatest < 0 or greatest % 1 <> 0))
            as is_unreadable
    from (select distinct txtVALUE from printed)
),
read as (
    select
        txtVALUE,
        is_unreadable,
        case
            when is_unreadable or is_unexplained then 'O'
            when is_unavailable then 'L'
            when is_below then 'Q'
            else 'A'
        end as obs_status,
        if(obs_status = 'Q', 'A', 'F')::conf_status as conf_status,
        case when obs_status = 'A' then if(body[1] in ('-', '−'), -size, size) end as value,
        if(obs_status = 'Q', 0, value) as lower,
        if(obs_status = 'Q', greatest, value) as upper
    from body
)
select
    *,
    case
        when is_unreadable then 'figure_has_one_reading'
        when value in (6112019, 9999, 99999, -99) then 'no_stand_in_for_no_answer'
    end as figure_rule,
    (value is null) <> (obs_status in ('L', 'M', 'O', 'Q', 'K')) as breaks_v2,
    obs_status = 'Q' and (lower is null or upper is null or conf_status = 'F') as breaks_v3,
    coalesce(value <> lower or value <> upper or lower > upper, false) as breaks_v4_bounds,
    coalesce(value % 1 <> 0, false) as is_fraction,
    coalesce(value < 0 or lower < 0, false) as is_negative,
    breaks_v2 or breaks_v3 or breaks_v4_bounds or is_fraction or is_negative as is_broken
from read;

-- All rows in our codes; a row is free that no filter and no rule holds.

create temp table tidied as
select
    row,
    case
        when reporter.is_elsewhere then 'not_an_oas_state'
        when is_own_total then 'total_of_the_same_table'
        when is_return and is_early and other_is_elsewhere
            then 'returned_to_a_state_outside_the_oas'
    end as set_aside,
    if(is_return and is_early, other, reporter) as ref_area,
    indicator_code as indicator,
    Year as time_period,
    sex_code as sex,
    age_code as age,
    exploitation,
    citizenship,
    if(is_return and is_early, reporter, other) as counterpart_area,
    case when counterpart_area = '_Z' then '_Z' else 'REPAT' end::counterpart_role
        as counterpart_role,
    value,
    lower,
    upper,
    obs_status,
    conf_status,
    txtVALUE as value_raw,
    "Unit of measurement" = 'Counts'
    and coalesce(reporter_rule, kind_rule, sex_rule, age_rule, figure_rule) is null
    and not (is_return and is_early and other = '_T') as is_translated,
    has_kind and (has_sexes or sex_code = '_T') and (has_ages or age_code = '_T') as fits_indicator,
    set_aside is null and is_translated and fits_indicator and period_rule is null
    and not is_broken and ref_area not in ('_T', '_U', '_Z') as is_free
from printed
join reporter using (Iso3_code)
join kind using (Indicator, Dimension, Category)
join sex_label using (Sex)
join age_label using (Age)
join period using (Year)
join figure using (txtVALUE);

-- Every rule that a row breaks, of translation first. A row with a label that could not be read is
-- asked about its figure and its period only.

create temp macro label_message(rule, label, list) as
    if(
        rule = 'labels_are_readable',
        'no label: ''' || label || ''': report it to the publisher',
        'unknown label ''' || label || ''': add it to the labels of ' || list
    );

create temp table dirty as
select
    printed.*, is_return and is_early as is_mirrored, reporter_rule, other_rule, indicator_rule,
    exploitation_rule, citizenship_rule, sex_rule, age_rule, period_rule,
    figure.* exclude (txtVALUE, lower, obs_status, conf_status),
    ref_area, indicator_code, counterpart_role, counterpart_area, fits_indicator,
    ref_area is not null and indicator_code is not null and sex_code is not null
    and age_code is not null and kind.exploitation is not null and kind.citizenship is not null
    and counterpart_area is not null as is_complete
from printed
join tidied using (row)
join reporter using (Iso3_code)
join kind
    on kind.Indicator = printed.Indicator and kind.Dimension = printed.Dimension
    and kind.Category = printed.Category
join sex_label on sex_label.Sex = printed.Sex
join age_label on age_label.Age = printed.Age
join period using (Year)
join figure using (txtVALUE)
where tidied.set_aside is null and not coalesce(tidied.is_free, false);

create temp table problem as
with translation as (
    select row, 1 as place, 'unit_fits_the_indicator' as rule, 'Unit of measurement' as "column",
        "Unit of measurement" as found, 'not a count' as message
    from dirty where "Unit of measurement" <> 'Counts'
    union all
    select row, 2, reporter_rule, 'Iso3_code', Iso3_code,
        label_message(reporter_rule, Iso3_code, 'Iso3_code')
    from dirty where reporter_rule is not null
    union all
    select row, 3, other_rule, 'Category', Category, label_message(other_rule, Category, 'Category')
    from dirty where other_rule is not null
    union all
    select row, 4, 'labels_are_known', 'Category', Category, 'names no state that took them back'
    from dirty where is_mirrored and ref_area = '_T'
    union all
    select row, 5, indicator_rule, 'Dimension', Dimension,
        label_message(indicator_rule, Indicator, 'Indicator')
    from dirty where indicator_rule is not null
    union all
    select row, 6, sex_rule, 'Sex', Sex, label_message(sex_rule, Sex, 'Sex')
    from dirty where sex_rule is not null
    union all
    select row, 7, age_rule, 'Age', Age, label_message(age_rule, Age, 'Age')
    from dirty where age_rule is not null
    union all
    select row, 8, exploitation_rule, 'Category', Category,
        label_message(exploitation_rule, Category, 'Category')
    from dirty where exploitation_rule is not null
    union all
    select row, 9, citizenship_rule, 'Category', Category,
        label_message(citizenship_rule, Category, 'Category')
    from dirty where citizenship_rule is not null
    union all
    select row, 10, figure_rule, 'txtVALUE', txtVALUE,
        if(figure_rule = 'figure_has_one_reading', 'has no single reading', 'a known stand-in for ''no answer''')
    from dirty where figure_rule is not null
),
contract as (
    select row, 11, 'codes_are_listed', 'ref_area', ref_area::varchar, 'the statistic belongs to no state'
    from dirty where is_complete and ref_area in ('_T', '_U', '_Z')
    union all
    select row, 12, 'breakdown_fits_the_indicator', 'indicator', indicator_code::varchar, 'a breakdown the indicator lacks'
    from dirty where is_complete and not fits_indicator
    union all
    select row, 13, 'counterpart_is_complete', 'counterpart_area', counterpart_area::varchar, 'role or state is missing'
    from dirty where is_complete and (counterpart_role = '_Z') <> (counterpart_area = '_Z')
    union all
    select row, 14, 'status_fits_the_value', 'value', txtVALUE, 'value and obs_status contradict each other'
    from dirty where breaks_v2
    union all
    select row, 15, 'suppressed_figure_has_bounds', 'upper', txtVALUE, 'suppressed, but no bounds or free'
    from dirty where breaks_v3
    union all
    select row, 16, 'value_is_possible', 'value', txtVALUE, 'value and bounds contradict each other'
    from dirty where breaks_v4_bounds
    union all
    select row, 17, 'value_is_possible', 'value', txtVALUE, 'a count that is not a whole number'
    from dirty where is_fraction
    union all
    select row, 18, 'value_is_possible', 'value', txtVALUE, 'negative'
    from dirty where is_negative
    union all
    select row, 19, period_rule, 'time_period', Year,
        if(period_rule = 'period_is_well_formed', 'not YYYY, YYYY-Qn or YYYY-MM', 'before 1990 or after the release')
    from dirty where period_rule is not null
)
from (
    from translation
    union all
    from contract
)
qualify row_number() over (partition by row, rule, message order by place) = 1;

-- Keys that occur more than once. A column with the same text in all rows is left out of the key,
-- and each step is a table: in one query the planner builds its joins on all the printed rows.

create temp table repeated as
select
    ref_area, indicator, time_period, sex, age, exploitation, citizenship, counterpart_area,
    min(row) as first_row
from tidied
where is_free
group by all
having count(*) > 1;

create temp table suspect as
select row, first_row, value_raw
from tidied
join repeated using (
    ref_area, indicator, time_period, sex, age, exploitation, citizenship, counterpart_area
)
where is_free;

create temp table cell as
select
    first_row,
    count(distinct row(*columns(printed.* exclude (row)))) as texts
from suspect
join printed using (row)
group by first_row;

insert into problem
select row, 20, 'one_row_per_cell', 'value_raw', value_raw, 'the publisher prints different rows for one cell'
from suspect
join cell using (first_row)
where texts > 1;

insert into problem
with year_itself as (
    select *
    from tidied
    where is_free and value = try_cast(time_period[:4] as integer)
)
select row, 21, 'no_stand_in_for_no_answer', 'value_raw', value_raw,
    'the figure is the year itself, in more than one year of the series'
from year_itself
qualify count(distinct time_period) over (
    partition by ref_area, indicator, sex, age, exploitation, citizenship, counterpart_role,
        counterpart_area
) > 1;

create temp table repeat as
select row
from suspect
join cell using (first_row)
where texts = 1 and row > first_row;

delete from problem
where row in (from repeat);

-- The tables of the warehouse and the Parquet files.

insert into harmonised.observation
select
    'int_unodc_glotip',
    '2025-12-31',
    ref_area,
    indicator,
    'A',
    'CY',
    time_period,
    sex,
    age,
    exploitation,
    citizenship,
    counterpart_role,
    counterpart_area,
    '_T',
    value,
    lower,
    upper,
    case
        when reason is null then obs_status
        when obs_status = 'A' then 'B'
        else obs_status || ';B'
    end,
    conf_status,
    'PALERMO',
    value_raw,
    'data_glotip.xlsx, sheet data_glotip_1, row ' || row,
    reason
from tidied
left join (from main.series_break where source = 'int_unodc_glotip') as series_break
    using (ref_area, indicator, time_period)
anti join (select row from problem union all from repeat) as kept_out using (row)
where is_free;

insert into main.quarantine
select
    'int_unodc_glotip',
    '2025-12-31',
    'data_glotip.xlsx, sheet data_glotip_1, row ' || row,
    rule,
    "column",
    found,
    message,
    tidied.ref_area,
    tidied.indicator,
    'A',
    'CY',
    tidied.time_period,
    tidied.sex,
    tidied.age,
    tidied.exploitation,
    tidied.citizenship,
    tidied.counterpart_role,
    tidied.counterpart_area,
    '_T',
    to_json(printed)
from problem
join tidied using (row)
join printed using (row)
order by problem.row, place;

insert into main.row_account
with kept_out as (
    select row, arg_min(rule, place) as rule
    from problem
    group by row
),
outcome as (
    select 'in' as outcome, '' as reason
    from tidied
    union all
    select 'published', ''
    from harmonised.observation
    union all
    select 'quarantined', rule
    from kept_out
    union all
    select 'set_aside', set_aside
    from tidied
    where set_aside is not null
    union all
    select 'set_aside', 'exact_repeat'
    from repeat
)
select 'int_unodc_glotip', '2025-12-31', outcome, reason, count(*)
from outcome
group by all;

copy harmonised.observation to 'by_hand/observation.parquet' (compression zstd);
copy main.quarantine to 'by_hand/quarantine.parquet' (compression zstd);
copy main.row_account to 'by_hand/row_account.parquet' (compression zstd);

-- The population, in the same way; it is small.

create temp table person as
select
    *,
    try_cast(replace(population, ',', '') as double) as value,
    count(*) over (partition by ref_area, year, sex, age) as times,
    case
        when ref_area not in (from (select code from codelist.area)) then 'labels_are_known'
        when sex not in ('F', 'M') or age not in ('Y0T17', 'Y_GE18') then 'codes_are_listed'
        when value is null then 'figure_has_one_reading'
        when value < 0 or value % 1 <> 0 then 'value_is_possible'
        when not regexp_full_match(year, '\d{4}') then 'period_is_well_formed'
        when times > 1 then 'one_row_per_cell'
    end as rule
from read_csv('data/raw/ref_wpp/2024-07-11.csv', all_varchar = true);

insert into main.population
select 'ref_wpp', '2024-07-11', ref_area, year, sex, age, value, population,
    'wpp_oas.csv, row ' || row
from person
where rule is null;

insert into main.quarantine by name
select
    'ref_wpp' as source, '2024-07-11' as release, 'wpp_oas.csv, row ' || row as locator, rule,
    'population' as "column", population as found, 'not as the contract says' as message,
    try_cast(ref_area as area_subdivision) as ref_area, year as time_period, try_cast(sex as sex) as sex,
    try_cast(age as age) as age, to_json(person) as "row"
from person
where rule is not null;

insert into main.row_account
select 'ref_wpp', '2024-07-11', 'in', '', count(*) from person
union all
select 'ref_wpp', '2024-07-11', 'published', '', count(*) from person where rule is null
union all
select 'ref_wpp', '2024-07-11', 'quarantined', rule, count(*) from person where rule is not null
group by rule;

copy main.population to 'by_hand/population.parquet' (compression zstd);
