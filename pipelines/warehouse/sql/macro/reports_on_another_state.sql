-- Whether a source is an authority of another state than the one whose figure it prints.
create macro main.reports_on_another_state(source, ref_area) as
    not starts_with(source, 'int_') and not is_own_authority(source, ref_area);
