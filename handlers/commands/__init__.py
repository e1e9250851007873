"""Commands: one file each, found by being here.

A module of this package that has a `COMMAND` is a command; nothing else needs to know of it. A command is asked by its
word alone or with an argument behind a blank ("名单 3-2"), in a direct chat, or in a group when it stands alone.
"""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from domain.messages import IncomingMessage
from domain.roles import Chat, Role
from domain.wording import commands as wording
from handlers.turn import Turn

Answer = Callable[[Turn, str], None]
_LONGEST = 60
NEVER_COMMAND = frozenset({"import"})


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the words that call it, one line of help, who may use it (None: everybody), and what it does.

    `takes_argument`: text may follow the word. `answer` receives the turn and that text.
    """

    words: tuple[str, ...]
    help: str
    answer: Answer
    roles: frozenset[Role] | None = None
    takes_argument: bool = False

    def allows(self, turn: Turn) -> bool:
        return self.roles is None or any(p.role in self.roles for p in turn.voice.roles)


def discover() -> Mapping[str, Command]:
    """Return every command by each of its words."""
    found: dict[str, Command] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        command = getattr(import_module(f"{__name__}.{module}"), "COMMAND", None)
        if isinstance(command, Command):
            found.update(dict.fromkeys(command.words, command))
    return found


class Commands:
    """The commands at hand; read once, when the first message comes."""

    def __init__(self) -> None:
        self._by_word: Mapping[str, Command] = {}

    @property
    def by_word(self) -> Mapping[str, Command]:
        if not self._by_word:
            self._by_word = discover()
        return self._by_word

    def forget(self) -> None:
        """Look again at the next message: a file was added."""
        self._by_word = {}


COMMANDS = Commands()


def command_in(message: IncomingMessage, chat: Chat | None) -> str | None:
    """Return the word and argument of a command, None where the text is none.

    In a group only a command that stands alone counts (or 绑定, which a group that is not bound yet must understand).
    """
    text = message.text.strip()
    if not 0 < len(text) <= _LONGEST or "\n" in text or message.channel in NEVER_COMMAND:
        return None
    if text.startswith("@"):
        text = text.partition(" ")[2].strip() or text.partition("\u2005")[2].strip()
    word, _, argument = text.partition(" ")
    command = COMMANDS.by_word.get(word)
    if command is None or (argument.strip() and not command.takes_argument):
        return None
    if chat is None and message.chat is not None and word != "绑定":
        return None
    return f"{word} {argument.strip()}".strip()


def run_command(turn: Turn) -> None:
    """Answer the command of this turn, or say politely and in private that it is for others."""
    word, _, argument = (turn.prepared.command or "").partition(" ")
    command = COMMANDS.by_word[word]
    if command.allows(turn):
        command.answer(turn, argument.strip())
    else:
        turn.answer("refused", wording.not_for_you(word))


def help_lines(turn: Turn) -> list[str]:
    """Return one line for each command that this speaker may use."""
    unique = dict.fromkeys(c for c in COMMANDS.by_word.values() if c.allows(turn))
    return [f"{c.words[0]}：{c.help}" for c in unique]
