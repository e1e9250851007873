"""Who is spoken for: rounds by heads and workers, neighbours, and lists of who has not reported."""

import pytest

from domain.parsing import read
from domain.parsing.context import Context, Scope, Speaker
from tests.unit.parsing.spoken import said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("301正常302正常303咳嗽304没开门", "301 well; 302 well; 303 unwell 咳嗽; 304 unknown"),
        ("301 2人 正常\n302 3人 正常\n303 1人 发烧38.2", "301 well; 302 well; 303 unwell 38.2 发热"),
        ("301李奶奶36.5 302张伯36.7 303老王没量", "301 well 36.5; 302 well 36.7; 303 unknown"),
        ("今天上门：401在，都好；402在，老人咳嗽；403不在家", "401 well; 402 unwell 咳嗽; 403 unknown"),
        ("502家三口都阳了，老大烧到39", "502 unwell 39 发热 antigen positive"),
        ("1单元全部正常，无发热", "? well"),
        ("我们单元：301阳 302阴 303没测", "301 unwell antigen positive; 302 well antigen negative; 303 unknown"),
        ("301-36.5 302-36.6 303-37.8", "301 well 36.5; 302 well 36.6; 303 unwell 37.8"),
        ("301：36.5，302：36.6，303：发烧", "301 well 36.5; 302 well 36.6; 303 unwell 发热"),
        ("301 302 303均正常，401咳嗽", "301 well; 302 well; 303 well; 401 unwell 咳嗽"),
        ("三楼全部正常", "? well"),
        ("301全家返乡，302正常", "302 well"),
        ("501老徐自己在家，精神不错，36.6", "501 well 36.6"),
        ("刚问了502，说都好", "502 well"),
        ("502电话：孩子拉肚子，其他人没事", "502 unwell 腹泻"),
        ("给701打电话，没人接", "701 unknown"),
        ("701敲了半天才开，老人好着呢", "701 well"),
    ],
)
def test_a_head_tells_of_several_doors(text: str, told: str) -> None:
    assert said(text, role="unit_head", expecting="checkin") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("501说她家孩子烧到38.6", "501 unwell 38.6 发热"),
        ("三楼张姐说她家都好", "张姐 well"),
        ("四楼小宋家孩子咳嗽", "小宋 unwell 咳嗽"),
        ("501正常 502两人正常 503发烧38.2", "501 well; 502 well; 503 unwell 38.2 发热"),
        ("除了503都正常", "nothing"),
        ("501没人，502不在家，503都好", "501 unknown; 502 unknown; 503 well"),
        ("401到404都报了平安", "401 well; 402 well; 403 well; 404 well"),
        ("701敲门没人应，电话也不接", "701 unknown"),
        ("801空着，802张叔36.5", "802 well 36.5"),
        ("801独居的徐婆婆电话里说头晕", "801 unwell 头晕"),
        ("704今早已转方舱", "704 unknown"),
        ("703、704混管异常，等复核", "703 unknown pcr pending; 704 unknown pcr pending"),
        ("代报：401 4人均正常", "401 well"),
        ("代502报平安", "502 well"),
        ("还有301没报", "nothing"),
        ("501、502麻烦报一下平安", "nothing"),
        ("大家都好吗？没报的报一下", "nothing"),
        ("今日体温已全部登记", "nothing"),
        ("把501登记为发烧39度", "501 unwell 39 发热"),
    ],
)
def test_a_head_speaks_unasked(text: str, told: str) -> None:
    assert (said(text, role="unit_head") or "nothing") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("五楼有一户老两口都在咳嗽", "? unwell 咳嗽 ?subject"),
        ("三楼西边那户孩子拉肚子", "? unwell 腹泻 ?subject"),
        ("有一家说老人头晕", "? unwell 头晕 ?subject"),
        ("二巷6号有一户说孩子咳嗽", "? unwell 咳嗽 ?room"),
        ("5号楼有户人家发烧39度", "? unwell 39 发热 ?room"),
        ("我家有一个老人咳嗽", "unwell 咳嗽"),
        ("小区有一家超市开了", "nothing"),
        ("楼下那家饭店开了", "nothing"),
        ("楼下赵奶奶托我报一声，36.4", "赵奶奶 well 36.4"),
        ("同事阳了，嗓子有点疼", "? unwell 咽痛 ?subject"),
        ("同事阳了，我嗓子疼", "unwell 咽痛"),
        ("同事阳了，大家小心", "nothing"),
        ("501、502、501都好", "501 well; 502 well"),
        ("敲了601半天没动静", "601 unknown"),
        ("祝501的小朋友早日康复", "nothing"),
    ],
)
def test_a_home_that_is_only_pointed_at_is_asked_for(text: str, told: str) -> None:
    assert (said(text, expecting="checkin") or "nothing") == told


@pytest.mark.parametrize(
    ("text", "doors"),
    [
        ("2门代报：301、302没问题，401咳", ["3-2-301", "3-2-302", "3-2-401"]),
        ("二单元今晚：301正常；402发烧38度4", ["3-2-301", "3-2-402"]),
        ("二单元301、402平安；三单元502发烧38.2", ["3-2-301", "3-2-402", "3-3-502"]),
        ("三单元 501 都好，602 咳嗽", ["3-3-501", "3-3-602"]),
        ("12号楼今天：301正常 402低烧37.8", ["12-None-301", "12-None-402"]),
        ("301正常，2单元402也正常", ["3-None-301", "3-2-402"]),
    ],
)
def test_a_unit_heads_the_rooms_behind_it(text: str, doors: list[str]) -> None:
    context = Context(scope=Scope("building", "3"), speaker=Speaker("老何", role="unit_head"), expecting="checkin")
    subjects = [intent.subject for intent in read(text, context).intents]
    assert [f"{s.building}-{s.unit}-{s.room}" for s in subjects] == doors


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("给6栋2门101独居的单大爷捎两斤挂面一瓶酱油", "101 挂面:2斤 酱油:1瓶"),
        ("我妈在3-1-101，给她订一只老母鸡", "101 老母鸡:1只"),
        ("闺蜜住4-1-2301，她要两斤苹果，记她的门牌", "2301 苹果:2斤"),
        ("702冯阿姨不会用手机：五花肉1斤，茭白2斤，钱我先垫", "702 五花肉:1斤 茭白:2斤"),
        ("2号301阿婆要三个菜包，钱我垫", "301 菜包:3个"),
        ("土豆少订一斤，今天老头子去女儿家了", "cancel 土豆:1斤"),
    ],
)
def test_what_is_told_around_an_order_for_another_door(text: str, told: str) -> None:
    assert said(text, expecting="order") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("通报：昨日新增阳性3例，均在隔离点", "nothing"),
        ("请发热、咳嗽的居民主动上报", "nothing"),
        ("昨天3栋有一例发烧，已经送医", "nothing"),
        ("未报平安：301、402、503，请尽快", "nothing"),
        ("今日体温异常：无", "nothing"),
        ("503居民37.8℃，已安排核酸", "503 unwell 37.8"),
        ("通知：402、403今日复查核酸", "nothing"),
        ("昨天发烧的已退烧", "nothing"),
        ("请体温异常的住户联系我", "nothing"),
        ("我楼已连续7天无阳性", "nothing"),
        ("今天应检尽检，有发热咳嗽不要下楼", "nothing"),
        ("501发热，已联系120", "501 unwell 发热"),
        ("401李爷爷今日体温36.8，无不适", "401 well 36.8"),
        ("301、302今日核酸阴性", "301 well pcr negative; 302 well pcr negative"),
        ("接上级通知，501为密接，请居家", "nothing"),
        ("今天走访：501徐奶奶正常，502没人，503周大爷咳嗽", "501 well; 502 unknown; 503 unwell 咳嗽"),
    ],
)
def test_a_worker_tells_of_doors_or_announces(text: str, told: str) -> None:
    assert (said(text, role="worker") or "nothing") == told
