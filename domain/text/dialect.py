"""Words of Wu that turn a report into its contrary when they are passed over (勿烧, 侪好, 来勿了), in common words."""

from domain.text.patterns import Rule

_SIGNS = frozenset("勿弗侪呒朝拉额")
_WORDS = {"呒没": "没有", "呒啥": "没啥", "今朝": "今天", "明朝": "明天", "侪": "都", "弗": "不", "呒": "没"}
_NOT = r"(?<![请切万望敬幸慎])勿(?![忘念扰])"  # 请勿, 勿扰 are what notices say
_WE = r"阿拉(?=[家屋楼也都侪是要两三四五六,]|一家)"  # 阿拉蕾, 阿拉丁 are names
_MODAL = r"(?<=[好了都咳])额(?=[\s,。!~]|$)"
_WORD = Rule("|".join((*_WORDS, _NOT, _WE, _MODAL)))
_WORDS |= {"勿": "不", "阿拉": "我们", "额": "的"}


def in_common_words(text: str) -> str:
    """Return a folded text with such words replaced, of the same length."""
    return text if _SIGNS.isdisjoint(text) else _WORD.sub(lambda found: _WORDS[found[0]], text)
