-- Name of the table that holds a yearly figure, as detectors name it: indicator, breakdown, year.
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
                    case when exploitation <> '_T' then 'exploitation' end,
                    case when citizenship <> '_T' then 'citizenship' end,
                    case when counterpart_role <> '_Z' then 'counterpart' end,
                    case when breakdown <> '_T' then 'breakdown' end,
                    case when sex <> '_T' then 'sex' end,
                    case when age <> '_T' then 'age' end
                ),
                ''
            ),
            'total'
        ),
        left(time_period, 4)
    );
