"""The catalogue in DCAT-AP 3: the whole as a data set, each source as one, and the SDMX service.

It is a document of JSON-LD; `turtle` writes the same statements. Where the address of the site is
not known, addresses are relative to the folder of extracts, and there are neither service nor
kept versions, which have none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.published.catalogue import Row, sources
from pipelines.raw.kept_versions import KeptVersion
from pipelines.words import interface_text
from schemas import codelists

Node = dict[str, Any]
"""A node of JSON-LD, or a value with its language or type."""

PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU: Final = "http://publications.europa.eu/resource/authority"
_MEDIA: Final = "https://www.iana.org/assignments/media-types"
_LANGUAGES: Final = {"en": "ENG", "es": "SPA", "pt": "POR", "fr": "FRA"}
_THEME: Final = ("JUST", "Justice, legal system and public safety")
_SDMX_REST: Final = "https://github.com/sdmx-twg/sdmx-rest"
_NOT_IN_ADDRESS: Final = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_FORMS: Final = {
    ".csv.gz": ("CSV", "text/csv", "application/gzip"),
    ".csv.zip": ("CSV", "text/csv", "application/zip"),
    ".parquet": ("PARQUET", "application/vnd.apache.parquet", ""),
}
"""By the ending of a file: its type in the EU's list, its media type, that of its compression."""


@dataclass(frozen=True)
class Offer:
    """A file among the extracts: its name in a text of the pages, its path, its size."""

    text: str  # the code of the text
    path: str  # below the folder of extracts
    size: int  # bytes


@dataclass(frozen=True)
class Catalogue:
    """Description of one edition in the catalogue.

    `whole` has the files of the whole, `of_source` those of each source.
    """

    base_url: str  # of the site; "" if it has none
    version: str  # of tipstat
    day: str  # the newest day on which a file was retrieved, ISO 8601
    whole: Sequence[Offer]
    of_source: Mapping[str, Sequence[Offer]]
    kept: Sequence[KeptVersion]

    def document(self, connection: duckdb.DuckDBPyConnection) -> Node:
        """Return the catalogue as a document of JSON-LD, from a warehouse open for reading."""
        parts = [self._source(row) for row in sources(connection)]
        catalogue = {
            "@context": PREFIXES,
            **_of("dcat:Catalog", self._id("catalogue")),
            **self._described(),
            "dct:language": _languages(),
            "dct:modified": _typed(self.day, "date"),
            "dcat:dataset": [self._whole(parts), *parts, *map(self._kept, self._versions)],
        }
        if self.base_url:
            catalogue["foaf:homepage"] = _of("foaf:Document", f"{self.base_url}/")
            catalogue["dcat:service"] = self._service()
        return catalogue

    @property
    def _versions(self) -> Sequence[KeptVersion]:
        return self.kept if self.base_url else []

    def _id(self, name: str) -> str:
        return self._address(f"catalog#{name}")

    def _address(self, path: str) -> str:
        return f"{self.base_url}/extracts/{path}" if self.base_url else path

    def _described(self) -> Node:
        """Return title, description and publisher of the catalogue and of the whole."""
        publisher = _of("foaf:Agent", self._id("publisher"))
        return {
            "dct:title": _texts("catalogue_title"),
            "dct:description": _texts("catalogue_about"),
            "dct:publisher": publisher | {"foaf:name": "tipstat"},
        }

    def _whole(self, parts: Sequence[Node]) -> Node:
        whole = {
            **_of("dcat:Dataset", self._id("tipstat")),
            **self._described(),
            **_of_all(),
            "dct:identifier": "tipstat",
            "dcat:version": f"{self.version}, {self.day}",
            "dct:modified": _typed(self.day, "date"),
            "dct:language": _languages(),
            "dct:spatial": _of("dct:Location", f"{_EU}/continent/AMERICA"),
            "dct:hasPart": [{"@id": part["@id"]} for part in parts],
            "dct:rights": self._terms("tipstat") | {"rdfs:label": _texts("catalogue_terms")},
            "dcat:distribution": [self._distribution(each, "tipstat") for each in self.whole],
        }
        if self.base_url:
            whole["dcat:landingPage"] = _of("foaf:Document", f"{self.base_url}/")
        if self._versions:
            whole["dcat:hasVersion"] = [{"@id": self._of_version(each)} for each in self._versions]
        return whole

    def _source(self, row: Row) -> Node:
        """Return a source as a data set with its terms."""
        source = row["source"]
        publisher = _of("foaf:Agent", self._id(f"{source}-publisher"))
        page = _of("foaf:Document", _address(row["page"]))
        return {
            **_of("dcat:Dataset", self._id(source)),
            **({"dcat:landingPage": page} if row["page"].startswith("http") else {}),
            **_of_all(),
            "dct:title": _by_language(row, "title_{}", english="title"),
            "dct:description": _by_language(row, "counted_{}"),
            "dct:publisher": publisher
            | {"foaf:name": _by_language(row, "publisher_{}", english="publisher")},
            "dct:identifier": source,
            "dct:bibliographicCitation": row["citation"],
            "dcat:version": row["release"],
            "dct:modified": _typed(row["release"], "date"),
            "dct:rights": self._terms(source) | {"rdfs:label": _by_language(row, "licence_{}")},
            "dct:spatial": [_of("dct:Location", f"{_EU}/country/{area}") for area in row["areas"]],
            "dct:temporal": {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": _typed(row["first_year"], "gYear"),
                "dcat:endDate": _typed(row["last_year"], "gYear"),
            },
            "dcat:distribution": [
                self._distribution(each, source) for each in self.of_source.get(source, ())
            ],
        }

    def _terms(self, dataset: str) -> Node:
        return _of("dct:RightsStatement", self._id(f"{dataset}-terms"))

    def _distribution(self, offer: Offer, dataset: str) -> Node:
        """Return a file; the terms of a data set are those of its files."""
        address = self._address(offer.path)
        ending = f".{Path(offer.path).name.partition('.')[2]}"
        form, media, packed = _FORMS[ending]
        found = {
            **_of("dcat:Distribution", self._id(offer.path)),
            "dct:title": _texts(offer.text),
            "dcat:accessURL": {"@id": address},
            "dcat:downloadURL": {"@id": address},
            "dct:format": _of("dct:MediaTypeOrExtent", f"{_EU}/file-type/{form}"),
            "dcat:mediaType": _of("dct:MediaType", f"{_MEDIA}/{media}"),
            "dcat:byteSize": _typed(str(offer.size), "decimal"),
            "dct:rights": {"@id": self._terms(dataset)["@id"]},
        }
        if packed:
            found["dcat:compressFormat"] = _of("dct:MediaType", f"{_MEDIA}/{packed}")
        return found

    def _service(self) -> Node:
        root = f"{self.base_url}/sdmx/v2"
        return {
            **_of("dcat:DataService", root),
            "dct:title": _texts("catalogue_service"),
            "dcat:endpointURL": {"@id": root},
            "dcat:endpointDescription": {"@id": f"{self.base_url}/openapi.json"},
            "dct:conformsTo": _of("dct:Standard", _SDMX_REST),
            "dcat:servesDataset": {"@id": self._id("tipstat")},
        }

    def _of_version(self, kept: KeptVersion) -> str:
        return _address(f"{self.base_url}/versions/{kept.version}/")

    def _kept(self, kept: KeptVersion) -> Node:
        """Return a version that is kept for good."""
        address = f"{self._of_version(kept)}extracts/{self.whole[0].path}" if self.whole else ""
        found = {
            **_of("dcat:Dataset", self._of_version(kept)),
            "dct:title": _texts("catalogue_kept", version=kept.version),
            "dct:description": kept.reason,
            "dcat:version": kept.version,
            "dct:isVersionOf": {"@id": self._id("tipstat")},
        }
        if address:
            found["dcat:distribution"] = {
                **_of("dcat:Distribution", f"{self._of_version(kept)}#{self.whole[0].path}"),
                "dcat:accessURL": {"@id": address},
            }
        return found


def _of(kind: str, address: str) -> Node:
    return {"@id": address, "@type": kind}


def _address(text: str) -> str:
    """Return an address in which every sign may stand; RFC 3986 escapes the others."""
    return _NOT_IN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", text)


def _typed(text: str, kind: str) -> Node:
    return {"@value": text, "@type": f"xsd:{kind}"}


def _in(texts: Mapping[str, str]) -> list[Node]:
    return [{"@value": text, "@language": code} for code, text in texts.items()]


def _texts(code: str, **parts: str) -> list[Node]:
    """Return a text of the pages in each language."""
    each = ((name, interface_text.language(name)) for name in codelists.LANGUAGES)
    return _in({name: language.say(code, **parts) for name, language in each})


def _by_language(row: Row, column: str, english: str = "") -> list[Node]:
    """Return the text of a source in each language; `english` is its column if it has another."""
    columns = {code: column.format(code) for code in codelists.LANGUAGES}
    columns |= {"en": english} if english else {}
    return _in({code: row[name] for code, name in columns.items() if row[name]})


def _languages() -> list[Node]:
    return [_of("dct:LinguisticSystem", f"{_EU}/language/{code}") for code in _LANGUAGES.values()]


def _of_all() -> Node:
    """Return what holds for every data set."""
    code, name = _THEME
    theme = _of("skos:Concept", f"{_EU}/data-theme/{code}")
    return {
        "dcat:theme": theme | {"skos:prefLabel": {"@value": name, "@language": "en"}},
        "dcat:keyword": _texts("catalogue_keyword"),
        "dct:accessRights": _of("dct:RightsStatement", f"{_EU}/access-right/PUBLIC"),
    }
