-- One row per state with headline figures that a release narrowed, as <5 that became 0: their number.
select ref_area, count(*) as totals
from published.revision
where
    change = 'narrowed'
    and is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
    and ref_area in (select code from codelist.area)
group by ref_area
order by ref_area;
