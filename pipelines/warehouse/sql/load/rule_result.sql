-- Keeps the cases of the rule that was applied last in which it does not hold; not those of C7, which
-- would be a map of the hidden figures that a publisher gives away: they are only counted.
insert into main.rule_result by name
select $rule as rule, source, release, ref_area, indicator, time_period, subject, verdict, detail
from verdict
where verdict not in ('holds', 'untestable') and $rule <> 'C7';
