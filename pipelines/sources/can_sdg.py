"""Statistics Canada, SDG indicator 16.2.2: incidents of trafficking per 100,000 population.

Authority: Statistics Canada, on its platform of the Sustainable Development Goals, from a custom
tabulation of the Uniform Crime Reporting (UCR) Survey.
Counted: incidents that the police recorded, in the year of the record, for each 100,000
inhabitants. The indicator of the SDG asks for victims; an incident is none, and may have several.
Two violations are counted together: 1525 of the Criminal Code (sections 279.01, 279.011, 279.02,
279.03) and 6510 of the Immigration and Refugee Protection Act (IRPA). The Criminal Code requires an
act and the purpose of exploitation but no means, even for adult victims (Department of Justice,
evidence to the Standing Committee on the Status of Women, 44th Parliament, meeting 56): NOMEANS.
The IRPA requires means and a border, but no exploitation (the same evidence). It is the smaller
part: in 2022 the rate is that of 597 incidents, 528 of them of the Criminal Code. So the total is
not TRANSNAT; that it is mixed is a caveat. The platform cites section 117 of the IRPA, which is
about smuggling; trafficking is section 118. The violation is called "Human Trafficking", and the
Department of Justice and Statistics Canada's articles name the offence of trafficking, so smuggling
is taken to be no part of it. The files have no date. That of the last change to the platform's
repository is used for the newer one, the end of its last year for the older one, which comes from
the repository of the Canadian Indicator Framework.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the rate of each year, in our codes."""
    rows = Rows(file, SOURCE)
    return rows.tidy(
        ref_area="CAN",
        indicator="INC_RECORDED_RATE",
        time_period=rows.raw["Year"].array,
        **rows.figure("Value"),
    )
