-- severity: WARN
-- kind: series
-- title: Where women and men of a state are printed, their total is too
-- Without it there is no figure to cite. Where a source prints all sexes, unknown included,
-- `total: {sum: sex}` in its metadata has us add them up.
select
    source, release, ref_area, indicator, freq, time_basis, time_period, '' as subject,
    case
        when total_lower is null or isinf(total_upper) then 'no total' else 'holds'
    end as verdict,
    'sexes ' || interval_text(parts_lower, parts_upper) as detail
from harmonised.margin
join codelist.area on area.code = margin.ref_area::varchar
anti join (
    from harmonised.observation
    where
        value_raw = 'withheld'
        and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
) as withheld using (source, release, ref_area, indicator, freq, time_basis, time_period)
where
    dimension = 'sex'
    and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    and parts > 0
    and not isinf(parts_upper);
