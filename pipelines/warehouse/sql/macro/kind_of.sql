-- Breakdown of a figure, as detectors name it.
create macro main.kind_of(exploitation, citizenship, counterpart_role, breakdown, sex, age) as
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
    );
