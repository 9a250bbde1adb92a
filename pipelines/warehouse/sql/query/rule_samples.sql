-- Up to ten failing cases per rule, of the releases that hold now.
select rule, ref_area, indicator, time_period, subject, verdict, detail
from main.rule_result
join main.release using (source, release)
where release.is_current
qualify row_number() over (
    partition by rule order by ref_area, indicator, time_period, subject
) <= 10
order by all;
