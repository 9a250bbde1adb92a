-- Keeps the cases of the rule that was applied last in which it does not hold.
insert into main.rule_result by name
select $rule as rule, source, release, ref_area, indicator, time_period, subject, verdict, detail
from verdict
where verdict not in ('holds', 'untestable');
