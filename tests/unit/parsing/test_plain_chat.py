"""A clause, a particle or another language more does not silence what a message asks for."""

import pytest

from tests.unit.parsing.spoken import SHOP, chain, said


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("我的都取消吧，家里够吃了", "cancel"),
        ("我那份取消，冰箱放不下了", "cancel"),
        ("我家的单子退了吧，出差了", "cancel"),
        ("C少一份", "cancel 肉类包:1份"),
        ("肉类包少一份", "cancel 肉类包:1份"),
        ("少一份C", "cancel 肉类包:1份"),
        ("水果包去掉一份", "cancel 水果包:1份"),
        ("蔬菜包多一份", "add 蔬菜包:1份"),
        ("蔬菜包少了一份", ""),
        ("对门701说他家也要两份蔬菜包，钱他自己转", "701 蔬菜包:2份"),
        ("楼下501托我说要三份A", "501 蔬菜包:3份"),
        ("隔壁603让我帮她订一份B", "603 水果包:1份"),
        ("701说不要了", ""),
        ("房号3-2-401 A两份", "401 蔬菜包:2份"),
        ("地址3-1-502，来两份B", "502 水果包:2份"),
        ("two boxes of A please", "蔬菜包:2box"),
    ],
)
def test_changes_and_relays_while_orders_are_taken(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=SHOP) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("侬帮我订两盒草莓好伐", "草莓:2盒"),
        ("帮我订两盒草莓好吗", "草莓:2盒"),
        ("给我带三斤土豆行不", "土豆:3斤"),
        ("能帮我带两斤土豆不", "土豆:2斤"),
        ("帮我买点米好不好", "米: ?quantity"),
        ("可唔可以帮我買兩包米呀", "米:2包"),
        ("唔該幫我訂兩盒牛奶", "牛奶:2盒"),
        ("麻烦带一瓶酱油可以不", "酱油:1瓶"),
        ("503 苹果来几斤", "503 苹果:斤 ?quantity"),
        ("苹果要几斤啊", ""),
        ("都好，另订一袋米", "米:1袋"),
        ("2 boxes of milk and one dozen eggs please", "milk:2box eggs:1dozen"),
        ("three bottles of water please", "water:3bottle"),
        ("can I get 2 kg of apples", "apples:2kg"),
        ("could you bring me some milk", "milk: ?quantity"),
        ("we have 2 boxes of milk to share", ""),
        ("do you have milk?", ""),
        ("thanks for the milk", ""),
    ],
)
def test_requests_however_they_close(text: str, order: str) -> None:
    assert said(text) == order


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("都好，另订一袋米", "well; 米:1袋"),
        ("一切正常，另外要一箱牛奶", "well; 牛奶:1箱"),
        ("502老秦：一家三口都好，另订一袋米", "502 well; 502 米:1袋"),
    ],
)
def test_an_order_behind_a_report(text: str, found: str) -> None:
    assert said(text, expecting="checkin") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我可以帮忙搬菜，报个名", "join 1"),
        ("我有三轮车，算我一个", "join 1"),
        ("报个名，两个人", "join 2"),
        ("count me in, plus one friend", "join 2"),
        ("I'm in, 2 people", "join 2"),
        ("sign me up please", "join 1"),
        ("想报个名吗", ""),
    ],
)
def test_sign_ups(text: str, found: str) -> None:
    assert said(text, expecting="signup") == found


def test_the_label_of_a_form_is_no_name() -> None:
    assert chain("苹果团 5元/斤", "房号3-2-401 2斤", "室号：502 3斤") == "401 苹果:2斤; 502 苹果:3斤"
