"""Contract of `sightings`: the same bytes at two places are two sightings of one document."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule
from contracts.vocabulary import SHA256, SLUG


class Sightings(Contract, table="sightings", key="sighting_id", version="1.1.0", zh="一行是内容出现过的一处位置"):
    """A place where a document's content was seen."""

    sighting_id: str = column("位置编号", "Id of the sighting")
    document_id: str = column("文档编号", "The document seen")
    source: str = column("来源代号", "Slug of the source card")
    source_uri: str = column("位置", "Where it was seen")
    first_seen_run: str = column("首次见到的运行", "Run that first saw it there")

    @rule(zh="文档编号是内容的 SHA-256")
    def document_id_is_a_sha256(cls) -> pl.Expr:
        return checks.matches("document_id", SHA256)

    @rule(zh="来源代号合法", remedy="rename the source card to an ASCII slug")
    def source_is_a_slug(cls) -> pl.Expr:
        return checks.matches("source", SLUG)

    @rule(zh="编号与位置不为空", dimension="completeness")
    def place_is_named(cls) -> pl.Expr:
        return checks.not_blank("sighting_id") & checks.not_blank("source_uri") & checks.not_blank("first_seen_run")
