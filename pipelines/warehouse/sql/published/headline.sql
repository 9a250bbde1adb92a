-- One row per source, area, indicator, kind of year and year: the total that holds now, a count, rate or
-- amount. Answers of yes or no, such as whether a state is a party to a treaty, are in
-- published.observation. Breaks and revisions are described at judged.current_total, how far a total may be
-- compared, and what else is known of it, at judged.known.
-- key: source, ref_area, indicator, time_basis, time_period
-- terms: source
-- extract: none
-- disclosure: repeats; repeats previous_release as release, previous_value as value
-- made_after: rules and statistics
create view published.headline as
select current_total.*, known.comparability, known.remarks
from judged.current_total
left join (
    from judged.known
    where is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)
) as known using (source, ref_area, indicator, time_basis, time_period);
