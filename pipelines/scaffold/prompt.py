"""Questions to the person who adds a source, each answer checked as soon as it is given."""

import sys
from dataclasses import replace
from typing import Final

import typer

from pipelines import scaffold
from pipelines.lib.console import plain

QUESTIONS: Final = {question.name: question for question in scaffold.QUESTIONS}


def complete_answers(given: scaffold.Answers) -> scaffold.Answers:
    """Return the given answers and those to the other questions, each checked at once."""
    answers = scaffold.Answers()
    for name, question in QUESTIONS.items():
        text = _answer(question, getattr(given, name))
        answers = replace(answers, **{name: text})
    return answers


def _answer(question: scaffold.Question, given: str) -> str:
    """Return the given answer, or ask until there is one that passes the check."""

    def checked(text: str) -> str:
        try:
            return question.checked(text.strip())
        except scaffold.AnswerError as wrong:
            raise typer.BadParameter(plain(str(wrong)), param_hint=question.flag) from wrong

    if given:
        return checked(given)
    width = max(map(len, question.choices), default=0)
    for code, name in question.choices.items():
        typer.echo(f"  {code:<{width}}  {name}".rstrip())
    try:
        return str(typer.prompt(question.asks, value_proc=checked))
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        raise typer.BadParameter("not given", param_hint=question.flag) from None
