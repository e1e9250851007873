"""Reading what residents write: a message, one chain entry, and who a remark names."""

from domain.parsing.entries import read_entry
from domain.parsing.people import identify
from domain.parsing.reader import read

__all__ = ["identify", "read", "read_entry"]
