"""What the bot says about chains."""


def disputed(title: str, entry: str) -> str:
    """Return the private question to the head: an entry was removed or changed by somebody else."""
    return f"接龙“{title}”里这一条被别人改动或删掉了，先照原样保留：\n{entry}\n如果确实不要了，请本人在群里回“取消”，或由您改。"
