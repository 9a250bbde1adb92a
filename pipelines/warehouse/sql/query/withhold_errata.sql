-- Hide the printed text of errata on a cell whose figure is withheld.
update main.erratum
set printed = 'withheld', lower = null, upper = null
from harmonised.observation as hidden
where
    hidden.value_raw = 'withheld'
    and (
        hidden.source, hidden.release, hidden.ref_area, hidden.indicator, hidden.freq,
        hidden.time_basis, hidden.time_period, hidden.sex, hidden.age, hidden.exploitation,
        hidden.citizenship, hidden.counterpart_role, hidden.counterpart_area, hidden.breakdown
    ) = (
        erratum.source, erratum.release, erratum.ref_area, erratum.indicator, erratum.freq,
        erratum.time_basis, erratum.time_period, erratum.sex, erratum.age, erratum.exploitation,
        erratum.citizenship, erratum.counterpart_role, erratum.counterpart_area, erratum.breakdown
    );
