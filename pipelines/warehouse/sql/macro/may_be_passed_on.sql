-- Whether the terms of a source, or of all sources in a list, allow others to be given its figures.
create macro may_be_passed_on(named) as
coalesce(
    not list_has_any(
        string_split(trim(named::varchar, '[]'), ', '),
        coalesce((select list(source) from main.source where not redistribute), [])
    ),
    true
);
