-- One row per column of the published views: its description in the first view that has it.
select column_name, min_by(comment, table_name) as description
from duckdb_columns()
where schema_name = 'published' and comment is not null
group by column_name
order by column_name;
