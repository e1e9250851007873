"""The clock of a demo: the machine's own until a day is played, then moved by hand, then running on from there."""

from datetime import datetime

from bot.clock import Clock


class DemoClock:
    """Tells the time of the demo. It never goes back, except by `reset`."""

    def __init__(self, system: Clock) -> None:
        self._system = system
        self._base: datetime | None = None
        self._held = False
        self._since = system.now()

    def now(self) -> datetime:
        """Return the demo's time, aware."""
        if self._base is None:
            return self._system.now()
        return self._base if self._held else self._base + (self._system.now() - self._since)

    def hold(self, moment: datetime) -> None:
        """Stand still at `moment` (or now, if that is later) until moved."""
        self._base, self._held = max(moment, self.now()), True

    def advance_to(self, moment: datetime) -> None:
        """Move to `moment` while held; an earlier one changes nothing."""
        if self._held and self._base is not None:
            self._base = max(self._base, moment)

    def run_on(self, moment: datetime | None = None) -> None:
        """Run at the usual pace from the time shown now, or from `moment` if that is later."""
        base = self.now() if moment is None else max(moment, self.now())
        self._base, self._since, self._held = base, self._system.now(), False

    def reset(self) -> None:
        """Show the machine's time again."""
        self._base, self._held = None, False
