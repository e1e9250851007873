"""Dangers: who or what is in danger now, in every wording of a plain resident; not the idiom, the drill, the tale.

A missed cry for help costs more than a false alarm, so that nearly any wording counts; what silences it stands right
beside the words (笑晕了, 着火般的辣), makes the whole a lesson or a jest, or says that it is over.
"""

import re

from domain.intents import Category
from domain.parsing.stance import Stance
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, cues, groups

_PERSON = (
    "(?:有人|老人|妈妈?|[俺老]?[爸爹娘]爸?|爷爷|奶奶|公公|婆婆|阿[公婆嬷妈爸爷]|外[公婆]|姥[姥爷]|老公|老婆|媳妇|孩子|娃|"
    "宝宝|小孩|小朋友|儿子|女儿|老伴儿?|老头子?|老太太?|老汉|大爷|大妈|阿姨|大叔|邻居|弟弟?|妹妹?|哥哥?|姐姐?|先生|太太|"
    "婴儿|宝贝|家父|家母|岳父|岳母|父亲|母亲|爱人|丈夫|妻子|闺蜜|闺女|学生|孕妇|工人|师傅|保安|同学|室友|客人)"
)
_KID_OR_ELDER = (
    "(?:孩子|婴儿|宝贝|闺女|细路|娃娃?|宝宝|小孩|小朋友|儿子|女儿|老人|爷爷|奶奶|姥姥|姥爷|外公|外婆|老伴|老太太|老爷子|"
    "老头子?|阿[公婆嬷])"
)


def _with_persons(cue: str) -> str:
    return cue.replace("{P}", _PERSON).replace("{K}", _KID_OR_ELDER)


_CUES = {name: _with_persons(cue) for name, cue in cues("dangers").items()}
_PHRASES = groups("dangers")
_BODILY = (("medical", "crisis", Category.MEDICAL),)
_OTHERS = (  # the surest first
    ("suicide", "suicide", Category.DISTRESS),
    ("fire", "fire", Category.OTHER),
    ("gas", "gas", Category.REPAIR),
    ("burst", "burst", Category.REPAIR),
    ("trapped", "trapped", Category.OTHER),
    ("missing", "lost", Category.OTHER),
    ("violence", "violence", Category.OTHER),
)
_Kinds = tuple[tuple[str, str, Category], ...]


def _rules(kinds: _Kinds) -> tuple[tuple[Rule, Category], ...]:
    return tuple((Rule(f"{any_of(_PHRASES[phrases])}|{_CUES[cue]}"), category) for cue, phrases, category in kinds)


_HINTED = (  # most messages hold nothing of what every cue of a kind holds
    (Rule(_CUES["hint_medical"]), _rules(_BODILY)),
    (Rule(_CUES["hint"]), _rules(_OTHERS)),
)
_LATIN = Rule(r"[A-Za-z]{3}")
_ENGLISH = (
    (Rule(_CUES["english"], re.IGNORECASE), Category.MEDICAL),
    (Rule(_CUES["english_suicide"], re.IGNORECASE), Category.DISTRESS),
    (Rule(_CUES["english_home"], re.IGNORECASE), Category.REPAIR),
    (Rule(_CUES["english_other"], re.IGNORECASE), Category.OTHER),
)
_FEIGNED = Rule(_CUES["feigned"])
_DISCLAIMED = Rule(_CUES["disclaimed"])
_JEST = Rule(_CUES["jest"], re.IGNORECASE)
_LESSON = Rule(_CUES["general"])
_OVER = Rule(_CUES["over"])
_STRAY = Rule(r"[狗猫鸟龟兔犬]|泰迪|金毛|柯基|哈士奇|宠物|捡到|拾到|启事")  # a pet that ran away endangers nobody
_BACK = 12


def danger_in(text: str, stance: Stance) -> Category | None:
    """Return what kind of help a folded text cries for, None where nobody and no home is in danger now."""
    found = _named(text)
    if found is None or stance.joking or hushed(text, stance):
        return None
    if stance.thanking and found is not Category.DISTRESS:  # who takes leave of life thanks everybody
        return None
    return found


def hushed(text: str, stance: Stance) -> bool:
    """Tell whether what sounds like danger is a tale, a lesson, a jest, a notice of somebody's office, or is over."""
    if stance.retelling or stance.supposing or stance.instructing or stance.noticing:
        return True
    return _JEST.search(text) is not None or _LESSON.search(text) is not None or _OVER.search(text) is not None


def _named(text: str) -> Category | None:
    for hint, rules in _HINTED:
        if hint.search(text):
            for rule, category in rules:
                if any(_meant(text, m) for m in rule.finditer(text)):
                    return category
    if _LATIN.search(text):
        return next((category for rule, category in _ENGLISH if rule.search(text)), None)
    return None


def _meant(text: str, found: re.Match[str]) -> bool:
    """Tell whether the words of danger are meant as they stand: not denied, feared, past, felt as if, or of a pet."""
    start = found.start()
    near = max(0, start - _BACK)
    if _DISCLAIMED.search(text, near, start) or _FEIGNED.search(text, near, start):
        return False
    if found[0].endswith("不行了") and of_a_thing(text, start):
        return False
    if "断" in found[0] and _STRAY.search(text):
        return False  # 楼下那只猫摔断腿了
    return not (found[0].startswith(("走丢", "走失", "打架", "打起来")) and _STRAY.search(text))


def of_a_thing(text: str, start: int) -> bool:
    """Tell whether what begins at `start` is said of a thing or a pet: 手机快不行了, 电脑撑不下去了."""
    return _THING.search(text, max(0, start - _BACK), start) is not None


_THING = Rule(_CUES["thing"])


def keeps_alive(text: str) -> bool:
    """Tell whether insulin, oxygen or the like is named."""
    return _VITAL.search(text) is not None


def runs_out_of_what_keeps_alive(text: str) -> bool:
    """Tell whether insulin, oxygen or the like is at its end, without which somebody dies."""
    return keeps_alive(text) and _ENDING.search(text) is not None


_VITAL = Rule(_CUES["vital"])
_ENDING = Rule(_CUES["ending"])
