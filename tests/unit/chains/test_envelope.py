"""Every form in which a native chain arrives ends in the same text, and a card's word on its authors is kept."""

import html

import pytest

from domain.chains.envelope import authors_of, read_carrier, unwrap

CHAIN = "🌻#接龙\n今日健康打卡\n例 张三 501 36.5\n\n1. 🐰兔妈 502 36.4\n2. 王五 503 都好 & 36.6"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _range(entry: str) -> str:
    return f"{_units(CHAIN[: CHAIN.index(entry)])}-{_units(entry)}"


def _card(*, cdata: bool = True, title: str | None = None) -> str:
    info = (
        f"<solitaire><tt>0-20</tt><s>.</s><au>wxid_opener</au><content><s>2</s>"
        f"<i><u>wxid_a</u><h>0</h><t>1783037071</t><r>{_range('🐰兔妈 502 36.4')}</r></i>"
        f"<i><u>wxid_b</u><h>0</h><t>1783037100</t><r>{_range('王五 503 都好 & 36.6')}</r></i></content></solitaire>"
    )
    wrapped = f"<![CDATA[{info}]]>" if cdata else info
    shown = title if title is not None else html.escape(CHAIN).replace("\n", "&#x0A;")
    return (
        f'<?xml version="1.0"?>\n<msg><appmsg appid=""><title>{shown}</title><type>53</type>'
        f"<extinfo><solitaire_info>{wrapped}</solitaire_info></extinfo></appmsg>"
        f"<fromusername>wxid_b</fromusername></msg>"
    )


@pytest.mark.parametrize(
    "carrier",
    [
        CHAIN,
        _card(),
        _card(cdata=False),
        f"wxid_b:\n{_card()}",
        f"zwx_neighbour88:\n{_card()}",
        html.escape(_card()),
        html.escape(html.escape(_card())),
        html.escape(CHAIN).replace("\n", "<br/>"),
        html.escape(html.escape(CHAIN).replace("\n", "<br/>")),
        f"[链接/文件] {CHAIN}",
        f"wxid_b:\n{CHAIN}",
        f"「李四：#接龙\n昨日打卡\n1. 李四」\n- - - - - - - - - - - - - - -\n{CHAIN}",
        CHAIN.replace("\n", "\r\n"),
    ],
)
def test_every_carrier_gives_the_same_text(carrier: str) -> None:
    assert unwrap(carrier) == CHAIN


@pytest.mark.parametrize("cdata", [True, False])
def test_a_card_vouches_for_author_second_and_place_counted_in_utf16(cdata: bool) -> None:
    carried = read_carrier(f"wxid_b:\n{_card(cdata=cdata)}")
    assert [(entry.text, entry.author) for entry in carried.entries] == [
        ("🐰兔妈 502 36.4", "wxid_a"),
        ("王五 503 都好 & 36.6", "wxid_b"),
    ]
    first = carried.entries[0]
    assert first.start is not None
    assert carried.text[first.start : first.end] == first.text
    assert first.at is not None
    assert first.at.isoformat() == "2026-07-03T08:04:31+08:00"
    assert (carried.sender, carried.opener, carried.kind) == ("wxid_b", "wxid_opener", 53)


def test_a_range_beyond_the_text_vouches_for_nothing() -> None:
    carried = read_carrier(_card().replace(_range("王五 503 都好 & 36.6"), "9000-4"))
    assert [entry.author for entry in carried.entries] == ["wxid_a"]


def test_a_card_may_hold_the_entry_text_instead_of_a_range() -> None:
    carried = read_carrier(_card().replace(f"<r>{_range('🐰兔妈 502 36.4')}</r>", "<c>兔妈 502 36.4</c>"))
    assert carried.entries[0].text == "兔妈 502 36.4"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE m [<!ENTITY a "x">]><msg><appmsg><title>&a;</title><type>53</type></appmsg></msg>',
        '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><msg><appmsg><title>&a;</title></appmsg></msg>',
        "<msg>" * 5_000 + "</msg>" * 5_000,
    ],
)
def test_entities_document_types_and_deep_nesting_are_not_followed(xml: str) -> None:
    carried = read_carrier(xml)
    assert "root:" not in carried.text
    assert "x" not in carried.text
    assert carried.entries == ()


def test_a_card_cut_short_still_gives_its_title() -> None:
    assert unwrap(_card()[: _card().index("<type>")]) == CHAIN


def test_a_reply_to_a_message_says_only_what_follows_the_quotation() -> None:
    xml = (
        "<msg><appmsg><title>我也来</title><type>57</type><refermsg><content>#接龙</content></refermsg></appmsg></msg>"
    )
    carried = read_carrier(xml)
    assert (carried.text, carried.kind) == ("我也来", 57)


def test_a_forwarded_record_gives_its_messages_with_their_names() -> None:
    item = (
        "<recordinfo><datalist count='2'><dataitem><datadesc>501 36.5</datadesc><sourcename>阿兰</sourcename>"
        "<srcMsgCreateTime>1783037071</srcMsgCreateTime></dataitem>"
        "<dataitem datatype='2'><sourcename>小武</sourcename></dataitem></datalist></recordinfo>"
    )
    xml = (
        f"<msg><appmsg><title>群聊的聊天记录</title><type>19</type>"
        f"<recorditem><![CDATA[{item}]]></recorditem></appmsg></msg>"
    )
    assert [(one.author, one.text) for one in read_carrier(xml).record] == [("阿兰", "501 36.5")]


@pytest.mark.parametrize("text", ["时间:\n下午三点", "a < b & c", "5 < 6", "", "「没有说完", "Kevin88:\n早上好"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert unwrap(text) == text


def test_equal_texts_get_their_authors_in_the_cards_order() -> None:
    vouched = [("wx_a", "1份"), ("wx_b", "1份"), ("wx_c", "2份")]
    assert authors_of(["1 份", "一份", "1份", "2份。"], vouched) == ("wx_a", None, "wx_b", "wx_c")


@pytest.mark.parametrize("pump", ["<br", "&amp;", "<msg", "- ", "「", "&#x0A;", "wxid_", "<title>", " ", "[链接"])
def test_long_nonsense_is_read_without_error(pump: str) -> None:
    assert read_carrier(pump * 20_000).entries == ()
