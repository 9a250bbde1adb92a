-- The pipeline's job for GLOTIP and the population, written by hand in DuckDB's SQL to be as fast as
-- we can make it. It reads the same files and leaves the same Parquet files and the same tables.
-- Each distinct label, year and figure is translated and checked once and then joined to its rows.
-- The warehouse's schemas, code lists and empty tables are there; the current folder has data/raw,
-- and label.csv and spelling.csv, the tables by which labels are translated.

create type rule as enum (
    'D4', 'D2', 'D3', 'V1', 'D1', 'D5', 'D6', 'V2', 'V3', 'V4', 'V6', 'T2', 'T4', 'M1', 'S5'
);
create type filter as enum (
    'not_an_oas_state', 'total_of_the_same_table', 'returned_to_a_state_outside_the_oas',
    'exact_repeat'
);

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
            or regexp_full_match(trim(label), '[\d.,\s]+') then 'D3'::rule
        when code is null then 'D2'::rule
    end;

create temp table known as
select column_name, lower(label) as label, code
from read_csv('label.csv', header = true, all_varchar = true)
union all
select 'nation', lower(label), code
from read_csv('spelling.csv', header = true, all_varchar = true, nullstr = 'empty cells stay')
union all
select 'area', lower(code), code
from codelist.area
where not starts_with(code, '_');

create temp table reporter as
select
    Iso3_code,
    code::area as area,
    label_rule(Iso3_code, code) as area_rule,
    coalesce(
        (select is_oas = '0' from codelist.area where area.code = Iso3_code),
        Iso3_code in ('CAR', 'CAS', 'EEU', 'MCA', 'MCN', 'SAF', 'SAM', '', 'Aruba/Curacao')
    ) as is_elsewhere
from (select distinct Iso3_code from printed)
left join known on column_name = 'area' and label = lower(trim(Iso3_code));

create temp table sex_label as
select Sex, code::sex as sex_code, label_rule(Sex, code) as sex_rule
from (select distinct Sex from printed)
left join known on column_name = 'sex' and label = lower(trim(Sex));

create temp table age_label as
select Age, code::age as age_code, label_rule(Age, code) as age_rule
from (select distinct Age from printed)
left join known on column_name = 'age' and label = lower(trim(Age));

create temp table kind as
with seen as (
    select distinct Indicator, Dimension, Category,
        Dimension = 'by form of exploitation' as is_form,
        Dimension = 'by citizenship' as is_nation,
        Dimension = 'by country of repatriation' as is_return,
        Dimension in ('Total', 'by form of exploitation', 'by citizenship', 'by country of repatriation')
            as is_known
    from printed
),
translated as (
    select
        seen.*,
        event.code as event,
        nation.code as nation,
        case when is_return then 'VIC_REPATR' else event.code end as indicator_code,
        case when is_form then form.code else '_T' end as exploitation,
        case when is_nation then nation.code else '_T' end as citizenship,
        case
            when not is_return then '_Z'
            when Category = 'Abroad' then '_T'
            when not starts_with(nation.code, '_') and area.code is not null then nation.code
        end as other
    from seen
    left join known as event on event.column_name = 'indicator' and event.label = lower(trim(Indicator))
    left join known as form on form.column_name = 'form' and form.label = lower(trim(Category))
    left join known as nation on nation.column_name = 'nation' and nation.label = lower(trim(Category))
    left join codelist.area on area.code = nation.code
)
select
    Indicator, Dimension, Category,
    is_return,
    other::area as other,
    case when other is null then coalesce(label_rule(Category, nation), 'D2'::rule) end as other_rule,
    indicator_code::indicator as indicator,
    coalesce(
        label_rule(Indicator, event),
        case when not is_known or (is_return and event <> 'VIC_DETECT') then 'D2'::rule end
    ) as indicator_rule,
    exploitation::exploitation as exploitation,
    case when is_form then label_rule(Category, exploitation) end as exploitation_rule,
    citizenship::citizenship_area as citizenship,
    case when is_nation then label_rule(Category, citizenship) end as citizenship_rule,
    (other_rule, indicator_rule, exploitation_rule, citizenship_rule) is null
    Category in ('TOTAL', 'TOTAL POR AÑO') as is_own_total,
    contains(dims_allowed, 'SEX') as has_sex,
    contains(dims_allowed, 'AGE') as has_age,
    (exploitation = '_T' or contains(dims_allowed, 'EXPLOITATION'))
    and (citizenship = '_T' or contains(dims_allowed, 'CITIZENSHIP'))
    and (not is_return or contains(dims_allowed, 'COUNTERPART')) as has_kind
from translated
left join codelist.indicator as list on list.code = indicator_code;
