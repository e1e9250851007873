"""Names put down for an outing, a match or a duty: joining with how many, leaving, and conditions."""

import re

from domain.intents import Action, Doubt
from domain.parsing.people import NOT_NAMES, clean_name, looks_like_name
from domain.text.numbers import small_number
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("signups")

MAX_PLACES = 60
_N = "[0-9一二两三四五六七八九十俩仨]{1,3}"
_LEAVE = Rule(_CUES["leave"])
_NOT_LEAVE = Rule(r"写错了?撤|撤了?重|别取消|不退出|没退|不会取消|取消了?[吗?]|没取消|取消没|谁退出")
_CONDITION = Rule(_CUES["condition"])
_PLUS = Rule(rf"\+ ?(?P<n>{_N})(?![0-9.])(?:大|人|个|位)?")
_PLUS_WHO = Rule(
    r"(?:[+＋带和跟与&、同]|还有|[带加叫拉捎算]上|带着|连) ?(?:我|俺)?(?:家|们)?"
    r"(?P<n>[0-9一二两三四五俩仨])?(?:个|名|位)?(?:朋友|同学|室友|舍友|同伴|徒弟|学生|老乡|侄子|侄女|孙子|孙女|外孙|闺女|丫头|儿媳|女婿|那口子|隔壁|老公|"
    r"老婆|先生|太太|爱人|孩子|娃|儿子|女儿|"
    r"家属|同事|老伴|对门|邻居|闺蜜|爸|妈|我妈|我爸|宝宝|小孩|老人|对象|男友|女友|一?小朋友|kids?|友人|弟弟|妹妹|"
    r"哥哥|姐姐|媳妇|弟|妹|哥|姐)[\u4e00-\u9fff]{0,2}?"
)
_ADULTS = Rule(rf"(?P<a>{_N}) ?(?:个)?(?:大人|大)(?:[ 、,和+]?(?P<k>{_N}) ?(?:个)?(?:小孩|小朋友|孩子|小|娃|童))?")
_ADULTS_FIRST = Rule(
    rf"大人(?P<a>{_N})[个位]?(?:[ 、,和+]?(?:小孩|小朋友|孩子|娃|老人)(?P<k>{_N})[个位]?)?"  # 大人两个小孩一个
)
_TOTAL = Rule(
    rf"(?:一家|全家|我们|我家|一共|共|算|合计|总共|家里)?(?P<n>{_N}) ?(?:口人?|个人|人(?![民间家员气]))(?:都去|参加)?|"
    r"(?P<pair>[俩仨])(?=$|[\s,。!去来都])|"
    r"(?:^|\s|报名|[留要占报]|[我俺咱]家?)(?P<bare>[0-9一二两三四五六七八九十]{1,2})[个位](?=$|[\s,。!])|出(?P<hands>[0-9一二两三四五])个(?:壮?劳力|人手|小伙|帮手|$|(?=[\s,。!]))|(?:我们|咱们?|寝室|宿舍|室友)[^,。;!?]{0,4}(?P<all>[2-9两二三四五六七八])个(?=都|全|一起)|"
    rf"(?P<places>{_N}) ?个?(?:名额|位子?(?!同志)|座|席)"
)
_EACH = Rule(r"各自?[留占要来给报写算]?[一1]?个|[一每]人[一1]?个")  # 给我和我老公各留一个位子
_GENDERS = Rule(rf"(?P<n>{_N})(?:[个位名] ?)?(?:男|女)(?![装鞋款厕])")  # 两个男的, 两男一女
_PARENTS = Rule(
    r"[带和跟同加叫](?:着|上)?我?(?:爸妈|父母|公公?婆婆?|岳父母|[爷姥]爷[奶姥][奶姥]|外公外婆|[两俩二]个?老人?)"
)
_COUPLE = Rule(_CUES["couple"])
_WITH_KIDS = Rule(r"带(?:着|上)?(?P<n>[0-9一二两三四俩仨])?个?(?:娃|孩子|小孩|宝宝|小朋友|儿子|女儿)")
_KIDS = Rule(r"w/ ?kids?|with kids?|带娃|带孩子|带宝|携家属", re.IGNORECASE)
_ENGLISH = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_GUESTS = Rule(
    r"(?:plus|and|with|bring(?:ing)?)\s(?:my\s)?(?P<n>an?|one|two|three|[123])?\s?"
    r"(?:friends?|wife|husband|guests?|neighbou?rs?|sons?|daughters?|mom|dad|kids?|child(?:ren)?|"
    r"colleagues?|partner|roommates?|people)\b",
    re.IGNORECASE,
)
_PLUS_ENGLISH = Rule(r"\bplus (?P<n>one|two|three|[123])\b(?!\s[a-z])", re.IGNORECASE)
_AND_I = Rule(
    r"\bmy (?:friends?|wife|husband|sons?|daughters?|mom|dad|mum|kid|partner|roommate) and i\b", re.IGNORECASE
)
_PERSONS = Rule(
    r"\b(?P<n>two|three|four|[1-6])\s(?:people|persons|of us|adults|spots?|seats?|places?)\b|"
    r"\bwe(?:'re| are)\s(?P<we>two|three|four|[1-6])\b",
    re.IGNORECASE,
)
_REMARK = Rule(_CUES["remark"])
_LAST = Rule(r"(?:^|[\u4e00-\u9fffA-Za-z])\s{1,40}(?P<n>[2-9])\s{0,3}$")  # 小王 2
_AND = Rule(r"\s{0,3}(?:、|和|&|\band\b|跟|与|\+(?! ?[0-9一二两三]))\s{0,3}")


def joining(text: str) -> tuple[str | None, Action, int, tuple[Doubt, ...]]:
    """Return name, action, places and doubts of one sign-up entry (folded, without door and phone)."""
    bare = _REMARK_BOXES.sub(" ", text)
    action = Action.LEAVE if leaves(bare) else Action.JOIN
    doubts = (Doubt.KIND,) if action is Action.JOIN and _CONDITION.search(bare) else ()
    return _name(bare), action, places_taken(bare) if action is Action.JOIN else 1, doubts


def only_a_slot(text: str) -> bool:
    """Tell whether an entry holds the hour of a duty (周三, 早班) and nobody's name yet."""
    return not _REMARK.sub("", text).strip(" -—:：,，.") and bool(text.strip())


_REMARK_BOXES = Rule(r"[【\[][0-9.]{1,5}[】\]]")


def leaves(text: str) -> bool:
    """Tell whether the text takes a name off the list."""
    return _LEAVE.search(text) is not None and not _NOT_LEAVE.search(text) and not _IN_THAT_CASE.search(text)


_IN_THAT_CASE = Rule(  # 我先报上，下雨就不来了
    r"(?:下[雨雪]|天气[^,。]{0,3}|(?:要是|如果|万一)[^,。]{1,8})(?:的话)?[,]?我?(?:就|便)(?:不|去不|来不|没法)"
)


def conditional(text: str) -> bool:
    """Tell whether joining hangs on a condition (身体好了才来), which must be asked."""
    return _CONDITION.search(text) is not None


def places_taken(text: str) -> int:
    """Return how many places the text takes: 1, and whom it brings or counts."""
    text = _VACANCIES.sub(" ", text) if "差" in text or "缺" in text or "需" in text else text
    if _EACH.search(text) and (m := _PLUS_WHO.search(text)):
        return _within(1 + (small_number(m["n"] or "一") or 1))
    if m := _ADULTS.search(text) or _ADULTS_FIRST.search(text):
        return _within((small_number(m["a"]) or 1) + (small_number(m["k"] or "0") or 0))
    if ("男" in text or "女" in text) and (genders := [small_number(m["n"]) or 1 for m in _GENDERS.finditer(text)]):
        return _within(sum(genders))
    if m := _TOTAL.search(text):
        return _within(small_number(next(n for n in m.groups() if n)) or 1)
    if m := _PLUS.search(text):
        if brought := _PLUS_WHO.match(text, m.start()):  # 我+2个娃
            return _within(1 + (small_number(brought["n"] or "一") or 1))
        alone = not text[: m.start()].strip(" ,.!我也要报名参加去来")
        return _within((small_number(m["n"]) or 1) + (0 if alone else 1))
    if _COUPLE.search(text):
        kids = _WITH_KIDS.search(text)
        return _within(2 + ((small_number(kids["n"] or "一") or 1) if kids else 0))
    if _PARENTS.search(text):
        return 3
    if m := _PLUS_WHO.search(text):
        return _within(1 + (small_number(m["n"] or "一") or 1))
    if m := _PERSONS.search(text):
        return _within(_ENGLISH.get((m["n"] or m["we"]).lower(), 1))
    if m := _PLUS_ENGLISH.search(text):
        return _within(1 + _ENGLISH[m["n"].lower()])
    if m := _GUESTS.search(text):
        return _within(1 + _ENGLISH.get((m["n"] or "a").lower(), 1))
    if _KIDS.search(text) or _AND_I.search(text):
        return 2
    return _named_count(text)


_VACANCIES = Rule(rf"(?:还?[差缺]|需要?){_N} ?[个位名]人?")  # 差两个人，算我一个


def _named_count(text: str) -> int:
    """Return how many names stand side by side (阿兰和小武、小李), or the bare number at the end of a row (小王 2)."""
    if last := _LAST.search(text):
        return int(last["n"])
    head = _REMARK.sub(" ", text).strip()
    if len(pair := head.split()) == 2 and all(_is_person(p) for p in pair):
        return 2
    parts = [p for p in _AND.split(head) if 1 <= len(p.strip()) <= 6]
    return _within(len(parts)) if len(parts) > 1 and len(parts) == len(_AND.split(head)) else 1


def _is_person(word: str) -> bool:
    """Tell whether a word beside another can only be a second Chinese name: 老骆 老蓝, not 小秋 Lisa."""
    return not word.isascii() and looks_like_name(word) and word not in NOT_NAMES and _VERB.search(word) is None


_VERB = Rule(r"[了着过的在不没有要想能会去来吃带晚迟早全到家]")


def _within(count: int) -> int:
    return min(max(count, 1), MAX_PLACES)


def _name(text: str) -> str | None:
    rest = _DAY.sub(_unless_part_of_a_name, text)
    for pattern in (_CONDITION_CLAUSE, _PLUS, _ADULTS, _TOTAL, _COUPLE, _KIDS, _LEAVE, _REMARK, _LAST_NUMBER):
        rest = pattern.sub(" ", rest)
    rest = _PLUS_WHO.sub(" ", rest)
    tokens = [t for t in _TOKENS.split(rest) if t]
    name = clean_name(" ".join(tokens[: 1 + _more_in_english(tokens)])) if tokens else None
    return None if name in NOT_NAMES else name


def _more_in_english(tokens: list[str]) -> bool:
    """Tell whether the second word goes on with an English name: Li Na, Tom Baker."""
    return len(tokens) > 1 and all(_CAPITALISED.fullmatch(t) for t in tokens[:2])


_CAPITALISED = Rule(r"[A-Z][a-z]{1,14}")


def _unless_part_of_a_name(found: re.Match[str]) -> str:
    """Blank a day glued to a name (周三王芳); 周五见 is what somebody calls himself."""
    return f"{found['gap']} {found['word']}" if looks_like_name(found["word"]) else found[0]


_DAY = Rule(r"(?P<gap>^|\s)(?:(?:周|星期)[一二三四五六日天]|[0-9]{1,2}[日号])(?P<word>[\u4e00-\u9fff]{1,4})")
_LAST_NUMBER = Rule(r"(?<=\s)[2-9]\s{0,3}$")
_CONDITION_CLAUSE = Rule(
    r"(?:身体|感冒|病|孩子|天气|明天|到时|如果|要是|没事|有空|有时间|不下雨|看情况|视情况|待定|不确定|可能|也许|"
    r"争取|尽量|不一定).*$"
    r"|(?<!\S)[^\s,，]{2,8}了(?:的话)?[我俺]?(?:就|才|再)(?:能|可以|肯定|一定)?(?:[去来参报到好]).*$"
)


_JOIN = Rule(_CUES["join"])
_BARE_JOIN = Rule(
    r"[\s,.!]{0,9}(?:\+ ?[0-9一二两三]+|1|参加|报名|我|去|来|可以|能来|我去|我来|我行|我可以|算我|同去|"
    r"收到[,，]?参加|准时到)[\s,.!啊哦哈呀]*"
)
_ANSWER = Rule(
    rf"(?:去|参加|来|可以|有空|行|没问题)(?:的)?[\s,.!。~啊哦哈呀吧]*$|^(?:可以|行|没问题)[,，]|{_N}大|"
    rf"(?:^|我家?(?:们)?){_N}(?:个|口)?人|两口子|夫妻|(?<!不)带(?:娃|孩子)|(?:就|再|才)(?:能)?(?:去|来|参加)|不一定|看情况|再定|(?:能|可以|会)[来去](?=[,。!])|"
    rf"待定|尽量"
)
_PROVISIONAL = Rule(r"(?:我|俺)?先[报占算]")  # 先报着，去不去再说
_DECLINE = Rule(_CUES["decline"])
_TOKENS = Rule(r"[\s,，;；:：/|]+")
_SURE = Rule(
    r"(?:^|[,。])(?:也|想|帮我|给我)?报(?:一|两)?个名(?![吗?])|算(?:上)?我一个|我(?:也)?(?:要)?报名(?!了[^,。;!?])|志愿者?报名(?!表|了?吗)|[帮替代给][^,。;!?]{1,8}报(?:一|两)?个名(?![吗?])|(?:^|[,。])[^,。]{0,8}报名[^,。]{0,6}(?:志愿者|活动|义工)|我参加(?!过|了)"
    r"|我(?:也)?(?:想|要|愿意|来)[当做](?:一名|一?个)?(?:志愿者|义工)(?![吗么?的])"
)
_GIVEN_UP = Rule(r"名字?|报[了的过]|(?:去|来|参加|当)不|退出|取消")
_OFF_THE_LIST = Rule(  # nobody asked, but whose name is to go stood on a list: 把我名字划掉吧, 我报的值班去不了了
    r"[把将]?(?:我|俺)(?:们?家)?(?:的)?(?:名字?|名额|报名)(?:也|都|就|先|给|帮忙|麻烦)*(?:从名单[里上])?(?:划|删|去|取消|勾|撤|拿|退|移|让)(?!哪|了[吗没])"
    r"|(?:划掉|去掉|删掉?|删了|取消|移除|撤掉?)(?:一下)?我(?:们?家)?的?(?:名字?(?!单)|名额|报名)"
    r"|我(?:们?家)?(?:之前|昨天|前天|上午|上次|原先)?报(?:名的?[^。;!?]{0,14}?|[的了过][^,。;!?]{0,10}?)(?:去不[了成]|来不[了成]|参加不了|不[去来参](?![吗么嘛]))"
    r"|(?:^|[,。;!])我?(?:要|想|先|得)?(?:退出|取消)(?:这次的?|[^,。;!?]{0,6}的)?(?:报名|值班|活动|志愿者?|队伍|名单)(?!的|了?[吗没?])"
    r"|(?:我|俺)[^,。;!?谁您你]{0,8}(?:志愿者?|值[班守岗]|活动|搬运|义工|比赛|球赛|讲座|演出)[^,。;!?谁您你]{0,4}(?:去不了|来不了|参加不了|当不了|做不了|不[去来]了)"
    r"|(?:志愿者?|值[班守岗]|活动|搬运|义工|比赛|球赛|讲座|演出)我?[^,。;!?谁您你来]{0,3}(?:去|参加|当)不[了成]"
    r"|^报名取消(?!了?[吗没么?])"
)
_LONGEST_ANSWER = 40
_LONGEST_IN_ENGLISH = 90
_ELSEWHERE = Rule(_CUES["elsewhere"])


def joins_in_chat(text: str, *, asked: bool) -> Action | None:
    """Return whether a chat line joins or leaves what was asked about; None where it does neither."""
    if not asked:
        if _GIVEN_UP.search(text) and _OFF_THE_LIST.search(text) and leaves(text):
            return Action.LEAVE
        return Action.JOIN if _SURE.search(text) and not _ELSEWHERE.search(text) else None
    if _ELSEWHERE.search(text):
        return None
    if leaves(text):
        return Action.LEAVE
    answers = _JOIN.search(text) or _BARE_JOIN.fullmatch(text) or _ANSWER.search(text)
    if answers and len(text) <= (_LONGEST_IN_ENGLISH if text.isascii() else _LONGEST_ANSWER):
        return None if _DECLINE.search(text) and not _PROVISIONAL.match(text.lstrip()) else Action.JOIN
    sure = _SURE.search(text)
    return Action.JOIN if sure else None
