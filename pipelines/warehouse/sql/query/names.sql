-- One row per name that a question may use: tables, views and table macros with their schema, and
-- columns without.
select schema_name || '.' || table_name as name
from duckdb_tables()
union
select schema_name || '.' || view_name
from duckdb_views()
where not internal
union
select schema_name || '.' || function_name
from duckdb_functions()
where function_type = 'table_macro' and not internal
union
select column_name
from duckdb_columns()
where not internal;
