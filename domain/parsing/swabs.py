"""Test results: antigen and PCR, in the words of bars, 阴 and 阳."""

import re

from domain.intents import Test
from domain.parsing.grammar import Span
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("swabs")

_KIND = Rule(
    r"试[纸剂](?=[^,。;]{0,4}(?:[一两二俩双][条道]|阴|阳))|抗原|核酸|自测|快[测筛]|混[管采检]|单[管检采]|复核|[十二五]十?混一|[Pp][Cc][Rr]|\b(?:RAT|rat|ART)\b"
)
_RESULT = Rule("|".join(f"(?P<{result}>{_CUES[result]})" for result in ("pending", "negative", "positive")))
_HINT = Rule("[阴阳杠线羊🐏🐑招结报等确出深异核原CcTt]|[CcTt]线|C一|CT|itive|ative|line")
_OTHERS = Rule(
    r"(?:同事|同学|亲戚|领导|客户|同桌|朋友|[室舍工]友|闺蜜|邻座|(?:同|一个)?(?:办公室|车间|单位|公司|班组|科室)里?)[^,。;]{0,6}(?:阳性|阳了|阳|两条杠|中招了)"
)
_COUNTED = Rule(_CUES["counted"])
_NOTHING = Rule(_CUES["nothing"])
_NO_RESULT = Rule(_CUES["no_result"])
_PAST = Rule(
    r"前[几两些]?[天日]|上周|上个?月|上星期|之前|以前|昨[天晚]|[那当]时|开始|一直|[0-9一二三四五六七八九十]{1,3}[天号日]前"
)


def find_tests(text: str, kind: str | None = None) -> tuple[tuple[Test, ...], tuple[Span, ...]]:
    """Return the test results that a folded text states, one for each kind and result, and where they stand.

    `kind` is the test that the chain is about, for entries that say only 阴.
    """
    if not _HINT.search(text):
        return (), ()
    if _NOTHING.search(text):
        return (), ()
    text = _OTHERS.sub(_blank, text)
    text = _NO_RESULT.sub(_blank, text)
    tests: list[Test] = []
    spans: list[Span] = []
    last = 0
    for m in _RESULT.finditer(text):
        kinds = list(_KIND.finditer(text, last, m.start())) or list(_KIND.finditer(text, m.end(), m.end() + 4))
        if not kinds and kind is None and _bare(m, text) and not (_KIND.search(text) or _COUNTED.search(text)):
            continue
        named = kinds[-1][0] if kinds else (tests[-1].kind if tests else kind or "抗原")
        test = Test(_kind(named), m.lastgroup or "pending")
        if m[0] == "转阴":
            tests = [t for t in tests if t.result != "positive" or not _PAST.search(text, 0, m.start())]
        if test not in tests:
            tests.append(test)
        spans.append(Span(kinds[-1].start() if kinds else m.start(), m.end(), "test", m[0]))
        last = m.end()
    return tuple(tests), tuple(spans)


def _bare(m: re.Match[str], text: str) -> bool:
    """Tell whether a result is none without a test beside it: 阴, 还没出, 两条线 where nothing was measured."""
    if m[0].strip(" :：是有红").upper() in _LINES or (m[0].endswith(("条", "道")) and "C" not in m[0].upper()):
        return True
    if m[0].endswith("线"):
        return "测" not in text and "C" not in m[0].upper()
    return m.lastgroup == "pending" or m[0] in ("阴", "阳")


_LINES = frozenset({"C", "T", "CT", "C T", "C+T", "C线", "T线"})


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _kind(word: str) -> str:
    return "antigen" if word.lower() in _ANTIGEN else "pcr"


_ANTIGEN = frozenset({"antigen", "抗原", "自测", "快测", "快筛", "试纸", "试剂", "rat", "art"})


def kind_in(title: str) -> str | None:
    """Return the test that a chain's title asks for, or None."""
    found = _KIND.search(title)
    return _kind(found[0]) if found else None
