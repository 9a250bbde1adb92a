"""Structures: code lists, concepts, data structures and dataflows, and their SDMX-ML messages.

Extracts and the service write them from the same objects, in SDMX-ML 3.0 and 2.1 here, and in
SDMX-JSON in `structure_json`. Artefacts have the agency `TIPSTAT` and a semantic version. Such an
artefact may only refer to others with one, so a standard code list is copied, and an annotation
names the original.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

from pipelines.lib import templates
from schemas import codelists
from schemas.standard.sheet import Text

AGENCY: Final = "TIPSTAT"
VERSION: Final = "1.4.0"
"""Raise it with any change of code lists or components: the major number when one is removed."""


@cache
def table(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the tables of names in this folder, each by column."""
    return codelists.rows(Path(__file__).parent / f"{name}.csv")


@dataclass(frozen=True)
class Annotation:
    """A note on an item: an address, or a text in one or more languages."""

    id: str
    url: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """Anything that has a name: a code, a concept, a scheme. Texts are by language."""

    id: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    parent: str = ""
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True)
class Codelist(Item):
    """A code list with its codes."""

    codes: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Component:
    """A dimension, measure or attribute."""

    concept: Item  # its meaning; the component has the id of its concept
    role: str  # `dimension`, `measure` or `attribute`
    codelist: Codelist | None = None  # the codes that it can have; None if it is not coded
    text_type: str = "String"  # SDMX's name of its type if it is not coded
    usage: str = "mandatory"  # `mandatory` or `optional`
    attached_to: str = ""  # the dimension on which an attribute depends; empty if on all of them

    @property
    def id(self) -> str:
        """Return the id, which is also the column in SDMX-CSV."""
        return self.concept.id

    @property
    def element(self) -> str:
        """Return the XML element of a dimension."""
        return "TimeDimension" if self.id == "TIME_PERIOD" else "Dimension"


@dataclass(frozen=True)
class Flow(Item):
    """A dataflow and the data structure of the same name."""

    components: tuple[Component, ...] = ()

    @property
    def name(self) -> str:
        """Return the id of the dataflow."""
        return f"DF_{self.id}"

    @property
    def data_structure(self) -> str:
        """Return the id of its data structure."""
        return f"DSD_{self.id}"

    def of_role(self, role: str) -> list[Component]:
        """Return the dimensions, measures or attributes, in the order of the columns."""
        return [component for component in self.components if component.role == role]


def item(row: Mapping[str, str], described: Text | None = None) -> Item:
    """Return the item of a row of a code list, or of a table with its columns.

    Its description is that of the common standard where that has one, else English only.
    """
    names = {language: row[f"name_{language}"] for language in codelists.LANGUAGES}
    descriptions = {"en": row["definition"]} if row["definition"] else {}
    if described:
        descriptions = in_each_language(described)
    parent = row.get("parent", "")
    # The schema of SDMX-ML 3.0 allows no parent that begins with _: a part of _T has none.
    return Item(row["code"], names, descriptions, parent="" if parent.startswith("_") else parent)


def in_each_language(text: Text) -> dict[str, str]:
    """Return a text of the common standard by language."""
    return {language: text[language] for language in codelists.LANGUAGES}


@dataclass(frozen=True)
class Scheme(Item):
    """A concept scheme: each concept with the code list that represents it everywhere, or None.

    A partial one has the concepts alone that the rest of the message uses.
    """

    concepts: tuple[tuple[Item, Codelist | None], ...] = ()
    is_partial: bool = False


@dataclass(frozen=True)
class Report(Item):
    """The metadataflow of reports on the codes of a list, and its structure of the same name.

    Each attribute is a text in several languages; the scheme of their concepts is that of the
    report.
    """

    attributes: tuple[Item, ...] = ()
    target: str = ""  # the code list

    @property
    def name(self) -> str:
        """Return the id of the metadataflow."""
        return f"MDF_{self.id}"

    @property
    def structure(self) -> str:
        """Return the id of its metadata structure."""
        return f"MSD_{self.id}"

    @property
    def scheme(self) -> str:
        """Return the id of the concept scheme of its attributes."""
        return f"CS_{self.id}"


@dataclass(frozen=True, kw_only=True)
class Structures:
    """Content of a structure message, all of one version.

    Attributes:
        prepared: the day in the header, ISO 8601: the same data give the same bytes.
        concept_scheme: id of the scheme of the components' concepts, in the message or not.
        data_structures: flows whose data structures are in the message.
        metadata_structures: reports whose structures are in it; SDMX-ML 2.1 leaves them out.
    """

    version: str
    prepared: str
    concept_scheme: str
    codelists: tuple[Codelist, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    dataflows: tuple[Flow, ...] = ()
    data_structures: tuple[Flow, ...] = ()
    metadataflows: tuple[Report, ...] = ()
    metadata_structures: tuple[Report, ...] = ()

    @property
    def of_data(self) -> "Structures":
        """Return them without the report, whose flow sdmx1 cannot read in SDMX-ML 3.0."""
        schemes = tuple(each for each in self.schemes if each.id == self.concept_scheme)
        return replace(self, schemes=schemes, metadataflows=(), metadata_structures=())

    def xml(self, *, version: str = "3.0") -> str:
        """Return the message in SDMX-ML 3.0, or 2.1."""
        template = templates.environment(Path(__file__).parent).get_template("structure.xml.j2")
        return template.render(structures=self, agency=AGENCY, is_21=version == "2.1")


def of_flows(scheme: Item, flows: Iterable[Flow], report: Report, prepared: str) -> Structures:
    """Return the structures of flows and of a report on one of their code lists.

    They have all code lists and concepts that they refer to.
    """
    flows = tuple(flows)
    components = [component for flow in flows for component in flow.components]
    lists = {each.codelist.id: each.codelist for each in reversed(components) if each.codelist}
    concepts = {component.id: component.concept for component in components}
    named = Scheme(
        scheme.id,
        scheme.names,
        scheme.descriptions,
        concepts=tuple((concept, None) for concept in concepts.values()),
    )
    of_report = Scheme(
        report.scheme,
        report.names,
        report.descriptions,
        concepts=tuple((concept, None) for concept in report.attributes),
    )
    return Structures(
        version=VERSION,
        prepared=prepared,
        concept_scheme=scheme.id,
        codelists=tuple(lists[name] for name in sorted(lists)),
        schemes=(named, of_report),
        dataflows=flows,
        data_structures=flows,
        metadataflows=(report,),
        metadata_structures=(report,),
    )


def urn(kind: str, name: str, version: str, item: str = "") -> str:
    """Return the URN of an artefact of ours, or of an item of it.

    `kind` is the package and class of the information model: `codelist.Codelist`.
    """
    part = f".{item}" if item else ""
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({version}){part}"
