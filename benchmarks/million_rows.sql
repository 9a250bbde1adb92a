-- The pipeline's job for GLOTIP and the population, written by hand in DuckDB's SQL, as fast as we
-- can make it: it reads the same files and leaves the same Parquet files and the same tables.
-- Each distinct label, year and figure is translated and checked once and joined to the rows.
-- The current folder has data/raw, codelist (a table each), label.csv and spelling.csv.

create temp table printed as
from read_csv(
    'data/raw/int_unodc_glotip/2025-12-31.csv',
    auto_detect = false, header = true, delim = ',', quote = '"', nullstr = 'no empty cell is null',
    columns = {
        'row': 'bigint', 'Iso3_code': 'varchar', 'Country': 'varchar', 'Region': 'varchar',
        'Subregion': 'varchar', 'Indicator': 'varchar', 'Dimension': 'varchar',
        'Category': 'varchar', 'Sex': 'varchar', 'Age': 'varchar', 'Year': 'varchar',
        'Unit of measurement': 'varchar', 'txtVALUE': 'varchar', 'Source': 'varchar'
    }
);

-- Labels: the rule that one breaks, or its code.

create temp macro label_rule(label, code) as
    case
        when trim(label) = '' or contains(label, chr(65533))
            or regexp_full_match(trim(label), '[\d.,\s]+') then 'D3'
        when code is null then 'D2'
    end;

create temp table label as
from read_csv('label.csv', all_varchar = true, header = true);

create temp table area_label as
select label, code::area as code, label_rule(label, code) as rule, is_oas = '0' as is_elsewhere
from (select distinct Iso3_code as label from printed)
left join codelist.area on lower(code) = lower(trim(label)) and not starts_with(code, '_');

create temp table indicator_label as
select label, code::indicator as code, label_rule(label, code) as rule
from (select distinct Indicator as label from printed)
left join (select lower(label) as known, code from label where column_name = 'Indicator')
    on known = lower(trim(label));

create temp table sex_label as
select label, code::sex as code, label_rule(label, code) as rule
from (select distinct Sex as label from printed)
left join (select lower(label) as known, code from label where column_name = 'Sex')
    on known = lower(trim(label));

create temp table age_label as
select label, code::age as code, label_rule(label, code) as rule
from (select distinct Age as label from printed)
left join (select lower(label) as known, code from label where column_name = 'Age')
    on known = lower(trim(label));
