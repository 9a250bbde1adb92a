-- Whether a source is an authority of the state whose figure it is; its id begins with the state's
-- code.
create macro main.is_own_authority(source, ref_area) as
    starts_with(source, lower(ref_area::varchar) || '_');
