-- One row per column of the tables and views that extracts are made from: its description.
-- made_from: Table or view, with its schema.
select schema_name || '.' || table_name as made_from, column_name, comment as description
from duckdb_columns()
where comment is not null and schema_name in ('main', 'published');
