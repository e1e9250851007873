"""Joining, leaving and conditions in the words of a chat while names are taken."""

import pytest

from tests.unit.parsing.spoken import SHOP, said


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("明天搬水我能行，写上我", "join 1"),
        ("把我名字记上", "join 1"),
        ("给我跟我老婆各留一个名额", "join 2"),
        ("我和我弟一人一个位子", "join 2"),
        ("烧退了我就去值班", "join 1 ?kind"),
        ("退烧了我就能来", "join 1 ?kind"),
        ("咳嗽好了一定去", "join 1 ?kind"),
        ("天晴就去", "join 1 ?kind"),
        ("天气好就参加", "join 1 ?kind"),
        ("娃睡着了我就来", "join 1 ?kind"),
        ("票退了，不去了", "leave 1"),
        ("退了吧，来不了", "leave 1"),
        ("我发烧退了，去不了值班", "leave 1"),
        ("写上我家两个", "join 2"),
        ("算上我", "join 1"),
        ("我也来一个", "join 1"),
        ("+1", "join 1"),
        ("+2，我和我媳妇", "join 2"),
        ("带俩娃", "join 3"),
        ("我们一家三口都去", "join 3"),
        ("报我一个", "join 1"),
        ("我报两位", "join 2"),
        ("我能去，顺便带上我同事", "join 2"),
        ("周六我可以", "join 1"),
        ("我值上午班", "join 1"),
        ("名额还有的话给我留一个", "join 1 ?kind"),
        ("如果不下雨我就去", "join 1 ?kind"),
        ("看孩子状态，可能去", "join 1 ?kind"),
        ("先报着，去不去再说", "join 1 ?kind"),
        ("临时有事来不了", "leave 1"),
        ("我退出，让给后面的人", "leave 1"),
        ("把我划掉吧，腰疼", "unwell 其他; leave 1"),
        ("抱歉，明天要加班，参加不了了", "leave 1"),
        ("换人吧，我去不成", "leave 1"),
        ("明天几点集合", ""),
        ("还有名额吗", ""),
        ("我不去", ""),
        ("上次我去过了，这次让给别人", ""),
        ("辛苦各位了", ""),
        ("报名截止了吗", ""),
        ("我老公替我去", "join 1"),
        ("我和老公轮流", "join 2"),
        ("预我一份", "join 1"),
        ("我哋两公婆都嚟", "join 2"),
        ("我唔得闲", ""),
        ("去到再算", ""),
        ("count me in, plus one", "join 2"),
        ("sorry can't make it", "leave 1"),
        ("我上午有空，可以搬货", "join 1"),
        ("扛米这种事叫上我", "join 1"),
        ("我有面包车，可以拉货，算我", "join 1"),
        ("下午场给我留个位", "join 1"),
        ("我带我爸妈一起", "join 3"),
    ],
)
def test_an_answer_to_the_call(text: str, answer: str) -> None:
    assert said(text, expecting="signup") == answer


def test_goods_that_somebody_puts_himself_down_for_are_an_order() -> None:
    assert said("团长我报名 蔬菜包一份", expecting="order", goods=SHOP) == "蔬菜包:1份"
