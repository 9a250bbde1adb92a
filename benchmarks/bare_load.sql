-- The least that a warehouse of the same Parquet files costs: tables, and keys that are known to be
-- unique. Reference tables are those of the sources ref_*.

create table observation as
from read_parquet('data/harmonised/[!r]*/*/rows.parquet', union_by_name = true);

create table population as
from read_parquet('data/harmonised/ref_wpp/*/rows.parquet');

create table quarantine as
from read_parquet('data/harmonised/*/*/quarantine.parquet', union_by_name = true);

create table row_account as
from read_parquet('data/harmonised/*/*/row_account.parquet');

select if(count(*) > 0, error('a key is not unique'), null)
from (
    select 1
    from observation
    group by
        source, release, ref_area, indicator, freq, time_basis, time_period, sex, age,
        exploitation, citizenship, counterpart_role, counterpart_area, breakdown
    having count(*) > 1
);
