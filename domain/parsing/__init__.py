"""Reading what residents write: a message, one chain entry, and who a remark names.

The modules in the order in which a message passes them. What their rules look for stands in `lexicon/`: lists of words,
and in `cues/` longer rules, one alternative a line.

Entrance
    reader: unwraps the message, then `entries` for a chain or `chat` for free text. limits: how much is read.
    context: what is known besides the text. wire: the same as JSON. explain: why it was read so.
Chains (cut into rows and told by kind in `domain.chains`, see `snapshot` and `kinds`)
    lessons: what the header teaches; columns: the fields of a form. sheets: what the entries under one heading share;
    yields the entries, cleaned.
    entries: one entry, by the chain's kind. report_plain: short way for plain rows of health.
    report_names, workplaces: names and posts in rows. entry_orders, naming: an order's row, its name and doors.
Chat
    chat: asks the readers below about each portion. stance: how the text is meant, which keeps most of it silent.
    relays: who is spoken for. own_words: what the sender first says of himself. portions: which words belong to which
    door. hearsay: what is only said of another door.
Who and where
    addresses: doors as written. rooms: which door that means. people: names, remarks, nicknames.
Health
    checkins: all that a text says of health, out of temperatures, symptoms, swabs and headcount. testimony: what is
    told of own people beside thanks, questions and calls on everybody.
Needs
    needs: whether something is needed. dangers: cries for help, before all else. need_topics: what kind of help.
    needs_english: the same in English.
Sign-ups
    signups: joining and leaving, with how many.
Orders (entrance: orders.read_orders; Offer and what is found: grammar)
    Whether: order_gate, order_conditions. First words: order_dialect, order_english, order_plain (short way),
    order_codes (only numbers). order_rest: all but what is named, and what is shared.
    Steps: changes and change_words cut a text into what sets, adds, cancels; order_reader reads the steps.
    Tokens: order_tokens cuts a step, with order_names, quantities and quantity_words, order_words.
    Lines: order_lines puts tokens together, with order_runs, order_glue, order_kinds, order_shares; order_draft is a
    line in the making, order_settle finishes it and says what must be asked.
What is on offer
    order_header: goods of a header, with order_lists and order_prices. order_index: which of them a writer means, with
    order_heads; order_shelf keeps the last index. goods, articles: goods and medicines anywhere. numerals: numbers.
"""

from domain.parsing.entries import read_entry
from domain.parsing.people import identify
from domain.parsing.reader import read

__all__ = ["identify", "read", "read_entry"]
