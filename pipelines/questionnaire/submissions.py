"""The secretariat's view: who was asked, who answered, and a reminder for whom is waited for."""

from datetime import date
from typing import NamedTuple

from pipelines.lib import clock
from pipelines.published.i18n.language import Language
from pipelines.questionnaire.form import Form
from pipelines.raw import questionnaires
from pipelines.raw.questionnaires import Asked, QuestionnairesError


class Submission(NamedTuple):
    """A form that was sent out.

    Attributes:
        asked: the line of the table.
        answered: the day of the release with that year; empty while it is waited for.
    """

    asked: Asked
    answered: str

    @property
    def days_waiting(self) -> int:
        """Days since the form was sent, until it was answered or today."""
        last = date.fromisoformat(self.answered or clock.today())
        return (last - date.fromisoformat(self.asked.asked)).days


def submissions() -> list[Submission]:
    """Return the forms that were sent out, by year and state.

    Raises:
        QuestionnairesError: the table of who was asked is unsound.
    """
    found = [Submission(each, questionnaires.answered(each)) for each in questionnaires.asked()]
    return sorted(found, key=lambda each: (each.asked.year, each.asked.state))


def reminder(state: str) -> str:
    """Return the mails that remind a state of the forms that it has not answered.

    Raises:
        QuestionnairesError: it was not asked, or has answered all.
    """
    own = [each for each in submissions() if each.asked.state == state]
    waiting = [each.asked for each in own if not each.answered]
    if not waiting:
        reason = "has answered all that it was asked" if own else "was not asked"
        raise QuestionnairesError(f"{state} {reason}; 'tipstat submissions' lists who was")
    return "\n\n".join(map(_mail, waiting))


def _mail(asked: Asked) -> str:
    form = Form(asked.state, int(asked.year), asked.language)
    day = Language(asked.language, {}, {}).day(asked.asked)
    parts = {"year": form.year, "area": form.area, "office": asked.office, "day": day}
    return "\n\n".join(form.say(code, **parts) for code in ("mail_subject", "mail_text"))
