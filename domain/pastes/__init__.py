"""Chat that comes as one text: pasted or forwarded lines, and exported transcripts."""

from domain.pastes.conversation import PastedLine, read_paste
from domain.pastes.transcript import RowError, Transcript, TranscriptLine, read_transcript

__all__ = ["PastedLine", "RowError", "Transcript", "TranscriptLine", "read_paste", "read_transcript"]
