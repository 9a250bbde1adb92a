-- Failing cases by rule and release, of the releases that hold now, with a checksum of what they are.
select
    rule,
    source,
    release,
    count(*) as cases,
    left(
        sha256(
            string_agg(
                concat_ws('|', ref_area, indicator, time_period, subject, verdict), '
'
                order by ref_area, indicator, time_period, subject, verdict
            )
        ),
        12
    ) as digest
from main.rule_result
join main.release using (source, release)
where release.is_current
group by all
order by all;
