"""What a chain is about: the words of its header and the look of its rows weighed together, and what was asked.

No word decides alone: 日报 heads both timesheets and lists of temperatures, 志愿者 both calls for hands and rounds from
door to door. Rows that show readings, lacks, amounts or what was handed out settle what the words leave open.
"""

from dataclasses import dataclass, field

from domain.chains.headers import is_example
from domain.text.normalise import fold
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, cues, groups

# Chains whose merged list may stand in the group again; of health and need a group sees no list from the bot.
OPEN_KINDS = frozenset({"order", "signup"})

_CUES = cues("chain_kinds")
_ALSO = {  # what some kinds and looks are told by besides their own words
    "need": ("lacking",),
    "order_sure": ("meal", "price"),
    "rows_body": ("rows_reading",),
}


def _told_by(name: str, own: str) -> Rule:
    return Rule("|".join((own, *(_CUES[cue] for cue in _ALSO.get(name, ())))))


_WORDS = {kind: _told_by(kind, any_of(words)) for kind, words in groups("chain_kinds").items()}
_LENDS = Rule(_CUES["lends"])
_MISSING = Rule(_CUES["missing"])
_HANDS = Rule(_CUES["hands"])
_ROWS = {name.removeprefix("rows_"): _told_by(name, cue) for name, cue in _CUES.items() if name.startswith("rows_")}
_HABIT = Rule(_CUES["habit"])
_NO_SIGN = Rule(_CUES["no_sign"])
_PRICED = Rule(r"(?<![一-龥])([一-龥]{2,6})\s?[0-9]{1,4}(?:元|块)?(?=$|[\s,，、/;；])")
_NO_ARTICLE = Rule(
    "[周月日号点期楼栋共限第前后]|[上下中]午|晚上|早上|^(?:大人|小孩|孩子|成人|儿童|老人|学生|会员|[男女][士生]?)$"
)
_MOST_LOOKED_AT = 20
_BY_WORD = ("checkin_sure", "order_sure", "signup", "order", "checkin")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A folded header without examples, the folded rows, and what the bot last asked.

    What was found once is remembered, as several questions ask for the same.
    """

    header: str
    rows: tuple[str, ...]
    asked: str | None
    _named: dict[str, bool] = field(default_factory=dict)
    _shown: dict[tuple[str, ...], bool] = field(default_factory=dict)

    def names(self, *kinds: str) -> bool:
        """Tell whether the header holds a word of one of the kinds."""
        for kind in kinds:
            if kind not in self._named:
                self._named[kind] = _WORDS[kind].search(self.header) is not None
            if self._named[kind]:
                return True
        return False

    def shows(self, *looks: str) -> bool:
        """Tell whether most rows have one of the looks (readings, amounts, lacks …)."""
        if looks not in self._shown:
            looking = sum(1 for row in self.rows if any(_ROWS[look].search(row) for look in looks))
            self._shown[looks] = looking * 2 > len(self.rows)
        return self._shown[looks]

    def picks_priced(self) -> bool:
        """Tell whether the header prices several things by name and most rows count them (剪发25 染发80: 剪发1)."""
        priced = [m[1] for m in _PRICED.finditer(self.header) if not _NO_ARTICLE.search(m[1])]
        picking = sum(1 for row in self.rows if any(name in row for name in priced))
        return len(priced) > 1 and picking * 2 > len(self.rows)


def kind_of(header: str, entries: tuple[str, ...], asked: str | None = None) -> str:
    """Return checkin, order, signup, need or other; `asked` is what the bot last asked, where it did.

    What was asked decides a chain that shows nothing of its own, and tips one that could be two things.
    """
    lines = [line for line in header.split("\n") if not is_example(line)]
    plain = _NO_SIGN.sub(" ", fold("\n".join(lines)))
    evidence = _Evidence(plain, tuple(map(fold, entries[:_MOST_LOOKED_AT])), asked)
    if _is_foreign(evidence):
        return "other"
    kind = _kind_by_words(evidence) or _kind_by_rows(evidence)
    if kind is None and evidence.shows("log"):
        return "other"  # 日行万步: 12036步
    return kind or asked or "other"


def counts(entries: tuple[str, ...]) -> bool:
    """Tell whether most rows end in a bare number (小窦 1, 阿豪 +2): amounts, where the header names an article."""
    return _Evidence("", tuple(map(fold, entries[:_MOST_LOOKED_AT])), None).shows("bare")


def _is_foreign(chain: _Evidence) -> bool:
    """Tell whether a chain is no matter of the bot, whatever was asked.

    Habits, training, work, parcels, gifts, what is lent, and lists of those who have not reported yet.
    """
    if chain.shows("reading") and (chain.asked == "checkin" or not chain.names("none") or chain.names("health")):
        return False
    if _MISSING.search(chain.header) and not chain.shows("well", "body", "amount"):
        return True
    if chain.names("handed_out") and not chain.names("order_sure") and (chain.shows("handed_out") or _parcels(chain)):
        return True
    if chain.names("gifts") and not chain.names("order_sure", "signup", "health"):
        return True
    if chain.names("paper"):
        return not (chain.names("health") or (chain.names("rounds") and chain.shows("well", "body")))
    if chain.names("none") or _LENDS.search(chain.header):
        return chain.shows("log") or not chain.names("signup") or "打卡" in chain.header
    if chain.names("health"):
        return False
    return _HABIT.search(chain.header) is not None or ("打卡" in chain.header and chain.shows("log"))


def _parcels(chain: _Evidence) -> bool:
    return chain.names("parcels") and not chain.names("signup")


def _kind_by_words(chain: _Evidence) -> str | None:
    if chain.names("need"):
        return "need"
    if _tells_of_bodies(chain):
        return "checkin"
    kind = next((kind for kind in _BY_WORD if chain.names(kind)), None)
    if kind == "order_sure" and _wants_hands(chain.header) and not chain.shows("amount"):
        kind = "signup"
    if kind in ("signup", None) and chain.picks_priced():
        kind = "order"
    if kind in ("checkin", "signup", None) and chain.shows("lack"):
        return "need"
    if kind in ("checkin_sure", "signup") and chain.shows("amount") and not chain.shows("well"):
        ordering = chain.asked == "order" or chain.names("order", "order_sure")
        return "order" if ordering else kind.removesuffix("_sure")
    return kind.removesuffix("_sure") if kind else None


def _wants_hands(header: str) -> bool:
    """Tell whether a line ends in hands that are wanted (送餐志愿者), not in what they shall get (值班夜宵)."""
    for line in header.split("\n"):
        hands = [m.end() for m in _HANDS.finditer(line)]
        if hands and all(m.end() < hands[-1] for m in _WORDS["order_sure"].finditer(line)):
            return True
    return False


def _tells_of_bodies(chain: _Evidence) -> bool:
    """Tell whether most rows hold readings, tests or symptoms and header or question speak of health."""
    if chain.shows("reading") and not chain.names("order_sure"):
        return chain.asked != "signup" or chain.names("health")
    return chain.shows("body") and (chain.asked == "checkin" or chain.names("health"))


def _kind_by_rows(chain: _Evidence) -> str | None:
    if chain.shows("body") or chain.shows("well"):
        return "checkin"
    if chain.shows("amount"):
        return "order"
    return "signup" if chain.shows("joins") else None
