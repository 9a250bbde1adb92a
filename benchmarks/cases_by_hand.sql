-- The count of cases_mapping.yml as one would write it by hand for DuckDB: same rules, same cells.
create temp table judged as
with trimmed as (
    select
        coalesce(trim(prs_ID), '') as person, coalesce(trim(cas_ID), '') as event,
        coalesce(trim(cas_DateIdentified), '') as day_text, coalesce(trim(birth_year), '') as birth,
        coalesce(trim(vic_TraffickingStatus), '') as status,
        coalesce(trim(cas_Subdivision), '') as area, coalesce(trim(prs_Gender), '') as gender,
        coalesce(trim(vic_AgeWhenTrafficked), '') as age_text,
        coalesce(trim(vic_TypeOfExploitation), '') as form,
        coalesce(trim(prs_Citizenship), '') as country
    from read_parquet($file)
),
coded as (
    select
        person, event, nullif(birth, '') as birth, try_strptime(day_text, '%Y-%m-%d')::date as day,
        case status
            when 'ActualVictimOfTrafficking' then 'VIC_IDENT'
            when 'PossibleVictimOfTrafficking' then 'VIC_PRESUMED'
            when 'NotAVictimOfTrafficking' then 'set aside'
        end as indicator,
        case area
            when 'Area 1' then 'MX-AGU' when 'Area 2' then 'MX-BCN' when 'Area 3' then 'MX-BCS'
            when 'Area 4' then 'MX-CAM' when 'Area 5' then 'MX-CHH' when 'Area 6' then 'MX-CHP'
            when 'Area 7' then 'MX-CMX' when 'Area 8' then 'MX-COA' when 'Area 9' then 'MX-COL'
            when 'Area 10' then 'MX-DUR' when 'Area 11' then 'MX-GRO' when 'Area 12' then 'MX-GUA'
            when 'Area 13' then 'MX-HID' when 'Area 14' then 'MX-JAL' when 'Area 15' then 'MX-MEX'
            when 'Area 16' then 'MX-MIC' when 'Area 17' then 'MX-MOR' when 'Area 18' then 'MX-NAY'
            when 'Area 19' then 'MX-NLE' when 'Area 20' then 'MX-OAX' when 'Area 21' then 'MX-PUE'
            when 'Area 22' then 'MX-QUE' when 'Area 23' then 'MX-ROO' when 'Area 24' then 'MX-SIN'
            when 'Area 25' then 'MX-SLP' when 'Area 26' then 'MX-SON' when 'Area 27' then 'MX-TAB'
            when 'Area 28' then 'MX-TAM' when 'Area 29' then 'MX-TLA' when 'Area 30' then 'MX-VER'
            when 'Area 31' then 'MX-YUC' when 'Area 32' then 'MX-ZAC'
            else '_U'
        end as ref_area,
        case gender
            when 'Feminine' then 'F' when 'Masculine' then 'M' when 'NonConforming' then '_O' else '_U'
        end as sex,
        case
            when age_text = '' then '_U'
            when try_cast(age_text as int) between 0 and 17 then 'Y0T17'
            when try_cast(age_text as int) between 18 and 119 then 'Y_GE18' else 'implausible'
        end as age,
        case
            when contains(form, ';') then 'MX' when form = 'SexualExploitation' then 'SX'
            when form in ('ForcedLabour', 'Servitude') then 'FL' when form = 'ForcedBegging' then 'OP_BEG'
            when form = 'ForcedMarriage' then 'OP_MARR' when form = 'Other' then 'OP_O' else '_U'
        end as exploitation,
        case country when 'MEX' then 'NAT' when '' then '_U' else 'FOR' end as citizenship,
        greatest(person, event, day_text, birth, status, area, gender, age_text, form, country) <> ''
            as filled
    from trimmed
)
select
    *, year(day) as year,
    case
        when not filled then 'row_is_filled' when person = '' then 'person_is_given'
        when day is null then 'date_is_real' when indicator is null then 'status_is_given'
        when age = 'implausible' then 'age_is_plausible'
        when indicator = 'set aside' then 'status_not_counted'
        when year(day) not between 2010 and 2024 then 'outside_years' else 'counted'
    end as outcome
from coded;

create temp table placed as
with one_person as (
    select
        *, min(sex) filter (outcome = 'counted' and sex <> '_U') over same
        <> max(sex) filter (outcome = 'counted' and sex <> '_U') over same as two_sexes,
        min(birth) filter (outcome = 'counted') over same
        <> max(birth) filter (outcome = 'counted') over same as two_births,
        min((day, indicator)) over same = (day, indicator) as detects
    from judged where outcome in ('counted', 'outside_years')
    window same as (partition by person)
)
select
    indicator, ref_area, year::varchar as time_period, sex, age, exploitation, citizenship, detects,
    case
        when two_sexes then 'person_has_one_sex' when two_births then 'person_has_one_birth_year'
        when row_number() over (
            partition by person, indicator, year
            order by day, event, sex, age, ref_area, exploitation, citizenship
        ) > 1 then 'later_event'
        else 'counted'
    end as outcome
from one_person where outcome = 'counted';
