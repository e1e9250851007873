"""Test results: antigen and PCR, in the words of bars, 阴 and 阳."""

from domain.intents import Test
from domain.parsing.grammar import Span
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("swabs")

_KIND = Rule(r"抗原|核酸|自测|[Pp][Cc][Rr]")
_RESULT = Rule(
    r"(?P<pending>(?:结果|报告)?(?:还没|没|未|还未|尚未|没有)(?:出|回|拿到)(?:结果|报告|来)?|等结果|结果待|待出|"
    r"出结果中|还在等|等报告)"
    r"|(?P<negative>[Nn]egative|转阴|阴性|阴(?![天影凉沉雨历暗])|(?:[一1单]|一[直]?)(?:条|道)?[杠线](?![杆])|没阳|没有阳|"
    r"未阳|没中招|不是阳)"
    r"|(?P<positive>[Pp]ositive|一深一浅|(?<=[0-9一二两三])阳|阳性|复阳|阳了|阳的(?=[\s,，。!]|$)|确诊|两个都阳|阳(?=[\s,，。!]|$)|(?:[两二俩2双])(?:条|道|个|根)?[杠线]|小阳人|"
    r"羊了|中招了)"
)
_HINT = Rule("[阴阳杠线羊招结报等确出深]|itive|ative")
_OTHERS = Rule(r"(?:同事|同学|亲戚|领导|客户|同桌|单位里?|公司里?)[^,。;]{0,6}(?:阳性|阳了|阳|两条杠|中招了)")
_NOTHING = Rule(_CUES["nothing"])


def find_tests(text: str, kind: str | None = None) -> tuple[tuple[Test, ...], tuple[Span, ...]]:
    """Return the test results that a folded text states, one for each kind and result, and where they stand.

    `kind` is the test that the chain is about, for entries that say only 阴.
    """
    if not _HINT.search(text):
        return (), ()
    if _NOTHING.search(text):
        return (), ()
    text = _OTHERS.sub(lambda m: " " * len(m[0]), text)
    tests: list[Test] = []
    spans: list[Span] = []
    last = 0
    for m in _RESULT.finditer(text):
        kinds = list(_KIND.finditer(text, last, m.start())) or list(_KIND.finditer(text, m.end(), m.end() + 4))
        bare = m.lastgroup == "pending" or m[0] in ("阴", "阳") or m[0].endswith(("线",))
        if not kinds and not _KIND.search(text) and bare and kind is None:
            continue
        named = kinds[-1][0] if kinds else (tests[-1].kind if tests else kind or "抗原")
        test = Test(_kind(named), m.lastgroup or "pending")
        if test not in tests:
            tests.append(test)
        spans.append(Span(kinds[-1].start() if kinds else m.start(), m.end(), "test", m[0]))
        last = m.end()
    return tuple(tests), tuple(spans)


def _kind(word: str) -> str:
    return "pcr" if word.lower() in ("核酸", "pcr") else "antigen"


def kind_in(title: str) -> str | None:
    """Return the test that a chain's title asks for, or None."""
    found = _KIND.search(title)
    return _kind(found[0]) if found else None
