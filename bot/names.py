"""How channels are named: the platform, and behind a colon the account ("wechaty:east")."""

LOCAL = frozenset({"webchat", "console"})  # our own page and terminal: nobody can ban the bot there
UNOFFICIAL = frozenset({"wechaty", "onebot"})  # accounts made for persons: new ones are watched, all may be banned
SENDS_ONLY = frozenset({"wecom-webhook"})
REACHES_ANY_MEMBER = frozenset({"wecom-app"})


def kind_of(channel: str) -> str:
    """Return the platform of a channel, whatever account it is."""
    return channel.partition(":")[0]


def people_of(channel: str) -> str:
    """Return whose accounts a channel knows: WeCom's robots and apps name a member by the same userid."""
    return kind_of(channel).partition("-")[0]
