"""The job in which a person decides about a release that is held back."""

import enum

import dagster as dg
from pydantic import Field

from pipelines.harmonised.decision import decide as decide_about
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.raw import reviews


class Choice(enum.Enum):
    """Decisions about a release that is held back."""

    ACCEPT = reviews.ACCEPT
    KEEP = reviews.KEEP


class Decision(dg.Config):
    """A decision about a release, as `tipstat review` records it."""

    source: str = Field(description="Source of the release, for example int_unodc_glotip.")
    release: str = Field(description="Day of the release, YYYY-MM-DD.")
    decision: Choice = Field(
        description="ACCEPT publishes the release, KEEP stays with the one before."
    )
    reason: str = Field(description="Reason, which data/reviews.csv keeps.")
    by: str = Field(description="Person or office that decides, which it keeps too.")


def ready(source: str, release: str) -> str:
    """Return the configuration of the job for a release, as YAML whose blanks a person fills in."""
    return f"""\
ops:
  {decide.name}:
    config:
      source: {source}
      release: "{release}"
      decision: ""  # {" or ".join(Choice.__members__)}
      reason: ""
      by: ""  # who decides
"""


@dg.op(description="Record the decision in data/reviews.csv.")
def decide(context: dg.OpExecutionContext, config: Decision) -> None:
    """Record a decision about a release.

    Raises:
        dagster.Failure: there is no such release, it is not held back, or a text is blank.
    """
    try:
        with alone(paths.lock(), context.log.info):
            made = decide_about(
                config.source, config.release, config.decision.value, config.reason, config.by
            )
    except reviews.ReviewError as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal
    context.log.info(f"{paths.reviews()}: {made.source} {made.release} {made.decision}")


@dg.job(
    description="Accept a release that is held back, or stay with the one before. The reasons for "
    "holding releases back are in the metadata of the assets in the group releases, each with the "
    "configuration to paste here.",
    tags={"tipstat/why": "review"},
)
def review_release() -> None:
    """Record a decision; the sensor publish_changed_inputs acts on it."""
    decide()
