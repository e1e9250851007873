"""Words of Cantonese, Wu and the north-east in orders, put in the words that the rules know; offsets stay.

畀我两樽豉油同一包盐, 俺要三斤, 整俩西瓜: only the words around the goods are put, names of goods keep their own.
"""

from domain.parsing.quantity_words import NUMBER
from domain.text.patterns import Rule

_SIGNS = frozenset("喇仲埋畀俾唔冇嘅啲俺咗哋佢攞拎返吖同整伲搞伐")
_WORDS = {
    "仲有": "还有", "仲要": "还要", "同埋": "还有", "畀我": "给我", "俾我": "给我", "唔使": "不用", "唔要": "不要",
    "冇": "没", "喇": "了", "嘅": "的", "啲": "点", "俺": "我", "咗": "了", "哋": "们", "佢": "他", "攞": "拿",
    "拎": "拿", "吖": "啊", "伲": "我", "伐要": "不要",
}  # fmt: skip
_WORD = Rule("|".join(sorted(_WORDS, key=len, reverse=True)))
_AHEAD = rf"(?=\s?(?:{NUMBER}|[俩仨几个点]))"
_AND = Rule(rf"(?<=[一-龥0-9])(?<![相不])同{_AHEAD}(?!一[样个])")  # 两斤菜心同一包米
_GET = Rule(rf"[整搞]{_AHEAD}(?![点几][名事活]?(?:了|来))")  # 整俩西瓜
_BACK = Rule("(?<=[买带订要拿])返(?!现|回|工|程)")  # 带返两包
_NOT_NOW = Rule(r"(?<=不要)([^\s,，。;；!！不要]{1,8})住(?=$|[\s,，。;；!！])")  # 唔要鸡蛋住
_HOW_MANY = Rule(  # 数量 names no good where an amount follows: 蔬菜包的数量改成3, 数量：2箱
    rf"(?:的)?(?:数量|份数|件数|个数|箱数|盒数|袋数)(?=(?:[:：\s]|[一-龥]){{0,6}}?{NUMBER})[:：]?"
)


def in_plain_words(text: str) -> str:
    """Return `text` with words of dialects that stand around goods replaced, of the same length."""
    text = without_measure(text)
    if _SIGNS.isdisjoint(text):
        return text
    text = _NOT_NOW.sub(r"\1了", _WORD.sub(lambda match: _WORDS[match[0]], text))
    return _BACK.sub(" ", _GET.sub("来", _AND.sub("和", text)))


def without_measure(text: str) -> str:
    """Return `text` with the word for how many (数量) blank where an amount follows, of the same length."""
    return _HOW_MANY.sub(lambda match: " " * len(match[0]), text) if "数" in text else text
