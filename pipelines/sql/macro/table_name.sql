-- Name of the table in which a yearly figure stands, as detectors name it: indicator, breakdown, year.
create macro main.table_name(
    indicator, exploitation, citizenship, counterpart_role, breakdown, sex, age, time_period
) as
    concat_ws(
        ' ',
        indicator,
        coalesce(
            nullif(
                concat_ws(
                    ' x ',
                    if(exploitation <> '_T', 'exploitation', null),
                    if(citizenship <> '_T', 'citizenship', null),
                    if(counterpart_role <> '_Z', 'counterpart', null),
                    if(breakdown <> '_T', 'breakdown', null),
                    if(sex <> '_T', 'sex', null),
                    if(age <> '_T', 'age', null)
                ),
                ''
            ),
            'total'
        ),
        left(time_period, 4)
    );
