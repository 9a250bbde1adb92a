-- One row per column of the tables and of the view that extracts are made from: its description.
select column_name, min(comment) as description
from duckdb_columns()
where
    comment is not null
    and (
        (schema_name = 'main' and table_name in ('release', 'source'))
        or (schema_name = 'published' and table_name = 'observation')
    )
group by column_name;
