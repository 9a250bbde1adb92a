"""Asks a person for the answers that begin a source, each checked as soon as it is given."""

import sys
from dataclasses import replace
from typing import Final

import typer

from pipelines import scaffold
from pipelines.lib.console import plain
from pipelines.sources import FileRefusedError

QUESTIONS: Final = {question.name: question for question in scaffold.QUESTIONS}


def answered(given: scaffold.Answers) -> scaffold.Answers:
    """The answers, each checked as soon as it is given, in the light of those before it."""
    answers = scaffold.Answers()
    for name, question in QUESTIONS.items():
        said = _answer(question, getattr(given, name), answers)
        answers = replace(answers, **{name: said})
    return answers


def _answer(question: scaffold.Question, given: str, before: scaffold.Answers) -> str:
    def checked(text: str) -> str:
        try:
            return question.checked(text.strip(), before)
        except (scaffold.AnswerError, FileRefusedError) as wrong:
            raise typer.BadParameter(plain(str(wrong)), param_hint=question.flag) from wrong

    if given:
        return checked(given)
    choices = question.choices(before)
    width = max(map(len, choices), default=0)
    for code, name in choices.items():
        typer.echo(f"  {code:<{width}}  {name}".rstrip())
    only = next(iter(choices)) if len(choices) == 1 else None
    try:
        return str(typer.prompt(question.asks, default=only, value_proc=checked))
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        raise typer.BadParameter("not given", param_hint=question.flag) from None
