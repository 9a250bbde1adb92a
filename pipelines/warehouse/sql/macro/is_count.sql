-- Whether an indicator counts something: it is no rate and no flag.
create macro main.is_count(indicator) as
    indicator in (select code from codelist.indicator where unit_measure = 'NUMBER');
