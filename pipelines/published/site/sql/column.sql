-- One row per column of the published views: what it holds, as the first view that has it says.
select column_name, min_by(comment, table_name) as description
from duckdb_columns()
where schema_name = 'published' and comment is not null
group by column_name
order by column_name;
