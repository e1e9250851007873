"""Free text, no chain: who is spoken for, how it is meant, what each piece says of health, needs, orders, sign-ups."""

from dataclasses import replace
from typing import NamedTuple

from domain.intents import Action, Category, CheckIn, Doubt, Intent, Need, Order, SignUp, Status
from domain.parsing.addresses import Place
from domain.parsing.checkins import Health, check_in, dealt_out, is_presence, only_counts_heads, read_health
from domain.parsing.context import Context
from domain.parsing.goods import mask_goods
from domain.parsing.grammar import Offer
from domain.parsing.headcount import whole_house
from domain.parsing.hearsay import blames, complains, of_a_passer_by, order_told
from domain.parsing.limits import MAX_DOORS, MAX_PIECE, MAX_STANCE, unfinished
from domain.parsing.needs import Want, find_needs, recovered
from domain.parsing.orders import read_orders
from domain.parsing.people import Person, introduce, mask_phones, unlabelled
from domain.parsing.portions import Portion, divide
from domain.parsing.relays import HEADS, find_households, who
from domain.parsing.rooms import Door
from domain.parsing.signups import conditional, joins_in_chat, places_taken
from domain.parsing.stance import Stance, stance_of
from domain.parsing.temperatures import FEVER
from domain.parsing.testimony import asks_after, of_long_ago, states_fact, testifies
from domain.text.dialect import in_common_words
from domain.text.normalise import fold
from domain.text.patterns import Rule

_MENTION = Rule(r"@[^\s@,，:：]{1,20}(?:[\s\u2005]|$)")
_OWN = Rule(r"我|俺|咱|全家|一家|家里|孩子|娃|宝宝|老人|老公|老婆|老伴|儿子|女儿|爸|妈|爷爷|奶奶|两口")
_PENDING = Rule(r"没|等|未|待")
_DECLINED = Rule(r"不要|不用|不需要|就?算了")  # 帮隔壁带一袋，我家不要
_LIVES_ON = Rule(
    r"住(?:在)?[^,。;]{0,3}[0-9一二三四五六七八九十][楼层]|我(?:是|在)[0-9一二三四五六七八九十]{1,3}[楼层]"
)
_LIST_NUMBER = Rule(r"(?m)^[ ]*[0-9]{1,2}[.、)](?![0-9])[ ]*")
_BEGS = Rule(r"谁|求|借|急|匀|换|有没有|缺|没(?:有)?(?:了|米|药|菜|奶)|快没|不够|用完|吃完|断|怎么|哪")
_BEGS_OF_NEIGHBOURS = Rule(r"谁|求|借|急|匀|有没有|断")
_REPORTING = Rule(
    r"(?:[代替帮我]|上门|电话)[^,。:;]{0,8}(?:报(?!修|警|名|销|案|废|火|120|了?(?:[0-9两三四五几多]|好几)[次遍回])(?:一下|告|平安|备)?|问过了|走访)[:：,，]?"
)
_SIGNED_IN_FOR = Rule(r"^\s{0,3}(?:我)?[代替帮给]\s{1,20}(?:健康)?(?:打个?卡|签到|报到|接龙)(?:了)?(?=[\s,。!~]|$)")
_THANKS_FIRST = Rule(r"^\s*(?:真的?|太|非常|十分)?(?:谢谢|感谢|多谢|多亏|谢过)")
_ALL_OF_IT = Rule(
    r"\s{0,16}(?:的|里|住户|居民|各家|家家|今天|目前){0,3}(?:(?:都|全|均|一切)[^,。;]{0,3}(?:好|正常|平安|健康|没事|无)"
    r"|(?:没有?|无)一?[人户家个])"
)
_EXCEPT = Rule(r"除(?:了|开|去|掉)?\s{2}")  # 除了503都正常 tells nothing of 503
_WORRIED = Rule(r"担心|不放心|怕[^,。]{0,4}出|别出|出什么事")  # 敲门没人应，电话也不接，有点担心
_OF_BODIES = Rule(r"体温|发烧|发热|核酸")
_LONG_CHAT = 40
_OF_GOODS = frozenset(
    {
        Category.FOOD,
        Category.MEDICINE,
        Category.MEDICAL,
        Category.DELIVERY,
        Category.WELFARE,
        Category.OTHER,
        Category.INFORMATION,
    }
)
_PUTS_DOWN = Rule(r"报(?:一|两)?个名|我(?:也|要)?报名|算(?:上)?我|加我一个")  # 我可以帮忙搬菜，报个名


def read_chat(text: str, context: Context) -> tuple[Intent, ...]:
    """Return the intents of one message that is no chain."""
    said = _MENTION.sub(" ", text) if "@" in text else text
    plain = in_common_words(unlabelled(mask_phones(fold(said)))).strip()
    plain = _numberless(plain)
    if not plain:
        return ()
    speaker = introduce(context.speaker.alias, context.speaker.name, context.scope, context.rooms)
    stance = stance_of(plain[:MAX_STANCE], context)
    pieces = _pieces(plain, context)
    portions = [p for piece, households in pieces for p in divide(piece[:MAX_PIECE], households)]
    whole = all(len(piece) <= MAX_PIECE for piece, _ in pieces)
    found: list[Intent] = []
    doors = 0
    for portion in portions:
        doors += len(portion.places) or 1
        if doors > MAX_DOORS:
            return unfinished(found)
        found += _portion(portion, speaker, stance, context)
    return tuple(found) if whole else unfinished(found)


def _numberless(text: str) -> str:
    """Return a list that one person wrote (1. 土豆2斤, 2. 白菜1颗) without its numbers."""
    return _LIST_NUMBER.sub("", text) if len(_LIST_NUMBER.findall(text)) > 1 else text


def _pieces(text: str, context: Context) -> list[tuple[str, tuple[Place, ...]]]:
    """Return the message in one line, or each line that names a household with those behind it that name none.

    Each comes with the households that its beginning names, as far as it is read.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    named = {line: find_households(line, context) for line in dict.fromkeys(lines)} if len(lines) > 1 else {}
    apart = any(named.get(line) for line in lines[:50])
    joined: list[list[str]] = []
    for line in lines:
        if joined and not (apart and named[line]):
            joined[-1].append(line)
        else:
            joined.append([line])
    pieces = [" ".join(part) for part in joined]
    for piece in {piece[:MAX_PIECE] for piece in pieces} - named.keys():
        named[piece] = find_households(piece, context)
    return [(piece, named[piece[:MAX_PIECE]]) for piece in pieces]


def _portion(portion: Portion, speaker: Person, stance: Stance, context: Context) -> list[Intent]:
    targets = [who(p, speaker, context) for p in portion.places] or [(Door(speaker.subject, speaker.doubts), False)]
    health = read_health(portion.text, expected=context.expecting == "checkin")
    found: list[Intent] = []
    shares = dealt_out(portion.text, health, len(targets)) if len(targets) > 1 else (health,)
    for (door, relayed), told in zip(targets, shares, strict=True):
        found += _for_one(portion, Party(door, relayed, speaker), told, stance, context)
    return found


class Party(NamedTuple):
    """Whom a piece of chat is about: their door, whether the sender speaks for others, and the sender."""

    door: Door
    relayed: bool
    speaker: Person

    @property
    def caller(self) -> Door:
        """Whose need it is: a fault in a house without a room is the sender's to report."""
        known = self.door.subject.room or self.door.subject.name or Doubt.SUBJECT in self.door.doubts
        return self.door if known else Door(self.speaker.subject, self.speaker.doubts)


def _for_one(portion: Portion, party: Party, health: Health, stance: Stance, context: Context) -> list[Intent]:
    if portion.places and blames(portion, health) and not (stance.silent or stance.asking_public):
        speaker = Door(party.speaker.subject, party.speaker.doubts)
        return [Need(subject=speaker.subject, doubts=speaker.doubts, category=Category.COMPLAINT)]
    signups = _signups(portion, party, stance, context)
    found: list[Intent] = []
    facts = health.symptoms or health.temperatures or health.tests or context.expecting != "signup"
    if (facts or not signups) and reports_health(portion, health, stance, context):
        found.append(_checkin(portion, party, health, context))  # 孩子退烧了我就去, 我没问题: no report
    symptoms = health.symptoms
    if symptoms and not found and not of_a_passer_by(portion.text):
        symptoms = ()
    sick = bool(symptoms) or any(t >= FEVER for t in health.temperatures)
    plain = _without(portion.text, health)
    wants = find_needs(plain, stance, symptoms, sick=sick)
    if wants and not wants[0].urgent and recovered(portion.text):
        wants = ()
    found += signups
    ordering = not signups or context.expecting == "order"
    goods_told = _PUTS_DOWN.sub(" ", plain) if signups else plain  # 我报名 芒果一箱: 名 is no good
    orders = _orders(portion._replace(text=goods_told), party, stance, context) if ordering else []
    if signups and orders:
        found = [i for i in found if i not in signups]  # 我报名 芒果一箱, where orders are taken
    goods = all(w.category in _OF_GOODS and not w.urgent for w in wants)
    if wants and orders and goods and _plainly_bought(orders, plain, asked=context.expecting == "order"):
        return found + orders
    return found + ([_need(want, party, portion) for want in wants] or orders)


def _plainly_bought(orders: list[Intent], text: str, *, asked: bool) -> bool:
    """Tell whether goods are ordered in full (帮我带口罩3包) and nobody begs for what he lacks.

    `asked`: orders are being taken, so that 家里没菜了 only says why.
    """
    begs = _BEGS_OF_NEIGHBOURS if asked else _BEGS
    return all(not i.doubts or _is_counted(i) for i in orders) and begs.search(text) is None


def _is_counted(order: Intent) -> bool:
    """Tell whether an order says roughly how much (三四瓶), so that only the number must be asked."""
    return isinstance(order, Order) and order.doubts == (Doubt.QUANTITY,) and all(line.unit for line in order.lines)


def _without(text: str, health: Health) -> str:
    """Return `text` without what was read as health, so that 没发烧 is no complaint and 抗原还没出 no want of a kit."""
    for start, end, rule in health.said:
        knock = rule == "unknown" and text[start] in "敲按" and not _WORRIED.search(text, end)
        if knock or rule in ("temperature", "no symptom") or (rule == "test" and not _PENDING.search(text, start, end)):
            text = text[:start] + " " * (end - start) + text[end:]
    return _REPORTING.sub(lambda m: " " * len(m[0]), text)


def _need(want: Want, party: Party, portion: Portion) -> Need:
    door = party.caller
    blamed = party.relayed and not complains(portion)
    if want.category is Category.COMPLAINT and (blamed or Doubt.SUBJECT in door.doubts):
        door = Door(party.speaker.subject, party.speaker.doubts)  # whoever complains of next door
    relayed = party.relayed and door is party.door
    return Need(subject=door.subject, relayed=relayed, doubts=door.doubts, category=want.category, urgent=want.urgent)


def reports_health(portion: Portion, health: Health, stance: Stance, context: Context) -> bool:
    """Tell whether a piece of chat reports somebody's health: by what it names, who is asked, and how it is meant."""
    asked = context.expecting == "checkin"
    facts = bool(health.temperatures or health.doubtful or health.symptoms or health.tests)
    words = health.well or health.denies or health.over
    words = words or (health.unknown and (asked or _told_of_others(portion, context)))
    if asked and (is_presence(portion.text) or (portion.places and _SIGNED_IN_FOR.search(portion.text))):
        return True
    if asked and portion.places and not portion.own and only_counts_heads(portion.text, health):
        return True
    if facts and (blames(portion, health) or (not portion.places and of_a_passer_by(portion.text))):
        return False
    if not facts and ((portion.places and _EXCEPT.search(portion.text)) or (not asked and of_long_ago(portion.text))):
        return False
    if health.vacant or not (facts or words) or _meant_otherwise(portion, health, stance, asked=asked):
        return False
    if facts:
        return not stance.joking or bool(health.temperatures)
    if asked:
        return len(portion.text) <= _LONG_CHAT
    if portion.places or _OWN.search(portion.text):
        return True
    return context.speaker.role in HEADS and whole_house(portion.text)


def _meant_otherwise(portion: Portion, health: Health, stance: Stance, *, asked: bool) -> bool:
    """Tell whether the manner of the text keeps it from being a report: offer, notice, tale, question."""
    if stance.offering or asks_after(portion.text):
        return True
    facts = health.symptoms or health.temperatures or health.tests or health.well
    told = portion.places and facts and not stance.calling
    if stance.silent and not (stance.announcing_only and told) and not testifies(portion.text, health, stance):
        return True
    if not asked and not health.facts and _THANKS_FIRST.match(portion.text):
        return True  # 谢谢302的药，娃退烧了: thanks that nobody asked a report of
    return stance.asking_public and not (
        (asked and (health.temperatures or health.doubtful)) or states_fact(portion.text, health)
    )


def _told_of_others(portion: Portion, context: Context) -> bool:
    """Tell whether somebody whose office it is speaks of doors (501 敲门没人应)."""
    return bool(portion.places) and (context.speaker.role in HEADS or context.scope.kind == "work")


def _checkin(portion: Portion, party: Party, health: Health, context: Context) -> CheckIn:
    door = party.door
    if door.subject.room is None and portion.places and (whole_house(portion.text) or _ALL_OF_IT.match(portion.text)):
        return check_in(health._replace(people=None), door.subject, relayed=True)
    if not portion.places and context.speaker.role in HEADS and whole_house(portion.text):
        return check_in(health._replace(people=None), replace(door.subject, room=None, name=None), relayed=True)
    doubts = door.doubts
    if door.subject.room is None and _LIVES_ON.search(portion.text):
        doubts = (*doubts, Doubt.ROOM)  # a floor alone is no room
    intent = check_in(health, door.subject, relayed=party.relayed, doubts=doubts)
    if intent.status is Status.UNKNOWN and not (health.unknown or health.doubtful or health.tests):
        return replace(intent, status=Status.WELL)
    return intent


def _signups(portion: Portion, party: Party, stance: Stance, context: Context) -> list[Intent]:
    asked = context.expecting == "signup"
    action = joins_in_chat(portion.text, asked=asked)
    if action is None:
        return []
    offering = stance.offering and not (asked or _PUTS_DOWN.search(portion.text))  # 我来帮忙 answers a call for hands
    if offering or (stance.silent and not stance.supposing_only):
        return []
    doubts = party.door.doubts
    if action is Action.JOIN and conditional(portion.text):
        doubts = (*doubts, Doubt.KIND)
    count = places_taken(portion.text) if action is Action.JOIN else 1
    return [SignUp(subject=party.door.subject, relayed=party.relayed, doubts=doubts, action=action, count=count)]


def _orders(portion: Portion, party: Party, stance: Stance, context: Context) -> list[Intent]:
    if portion.own and _DECLINED.match(portion.text.strip(" ,。")):
        return []
    if context.expecting != "order" and _OF_BODIES.search(portion.text) and mask_goods(portion.text) == portion.text:
        return []  # 体温超37.3要上报
    offer = Offer(
        goods=context.goods,
        expecting=context.expecting,
        shopping=context.scope.kind == "shopping",
        role=context.speaker.role,
    )
    text = order_told(portion.text, relayed=party.relayed)
    if party.relayed and _DECLINED.match(text.strip()):
        return []  # 701说不要了: what he gives up is his own to say
    finding = read_orders(text.strip(), offer)
    if finding is None or stance.instructing or stance.teaching or stance.offering or stance.handing_out:
        return []
    return [
        Order(
            subject=party.door.subject,
            relayed=party.relayed,
            doubts=tuple(dict.fromkeys((*party.door.doubts, *part.doubts))),
            action=part.action,
            lines=part.lines,
        )
        for part in finding.parts
    ]
