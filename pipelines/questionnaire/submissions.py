"""The secretariat's view: who was asked, who answered, and reminders to those who did not."""

from datetime import date
from typing import Final, NamedTuple

from pipelines.lib import clock
from pipelines.questionnaire.form import Form
from pipelines.questionnaire.texts import say
from pipelines.raw import questionnaires, record_csv
from pipelines.raw.questionnaires import Asked, QuestionnairesError
from pipelines.words.language import Language

EXAMPLE: Final = (
    ",".join(record_csv.columns(Asked)),
    "HTI,2024,fr,Comité national de lutte contre la traite,2026-01-15",
)
"""The table of who was asked, with a line."""


class Request(NamedTuple):
    """A form that was sent out or came in."""

    # the line of the table; of an answer that the table does not have, a line without language and
    # day
    asked: Asked
    answered: str  # the day of the first release with that year; empty while it is waited for

    @property
    def days_waiting(self) -> int:
        """Days since the form was sent, until it was answered or today."""
        if not self.asked.asked:
            return 0
        last = date.fromisoformat(self.answered or clock.today())
        return (last - date.fromisoformat(self.asked.asked)).days


def submissions() -> list[Request]:
    """Return the forms that were sent out and the answers, by year and state.

    Raises:
        QuestionnairesError: the table of who was asked is unsound.
    """
    answers = questionnaires.answers()
    days = {key: entry.release for key, entry in answers.items()}
    found = [Request(e, days.get((e.state, e.year), "")) for e in questionnaires.asked()]
    known = {(each.asked.state, each.asked.year) for each in found}
    found += [
        Request(Asked(*key, "", entry.publisher, ""), entry.release)
        for key, entry in answers.items()
        if key not in known
    ]
    return sorted(found, key=lambda each: (each.asked.year, each.asked.state))


def reminder(state: str, language: str = "en") -> str:
    """Return the mails that remind a state of the forms that it has not answered.

    They are in the language of its form; `language` is that of a refusal.

    Raises:
        QuestionnairesError: it was not asked, or has answered all.
    """
    of_state = [each for each in submissions() if each.asked.state == state]
    waiting = [each.asked for each in of_state if not each.answered]
    if not waiting:
        reason = "verb_answered_all" if of_state else "verb_nobody_asked"
        raise QuestionnairesError(say(language, reason, state=state))
    mails = []
    for asked in waiting:
        form = Form(asked.state, int(asked.year), asked.language)
        day = Language(asked.language, {}, {}).day(asked.asked)
        parts = {"year": form.year, "area": form.area, "office": asked.office, "day": day}
        mails += [form.say(code, **parts) for code in ("mail_subject", "mail_text")]
    return "\n\n".join(mails)
