# SPDX-License-Identifier: Apache-2.0
"""What had to come first came first, and each record has one end. Memory: the latest statement of each kind."""

from __future__ import annotations

from envelope import DISPOSITIONS, Disposition, Statement
from report import Steps

# Each of these is decided on the ones before it, and falls when one of those is decided anew.
DECISIONS = ("data-map.fixed", "inventory.committed", "plan.compiled", "plan.approved")
# Need not be said; but when they are, the plan is made on them.
FOUND = ("subjects.decided", "standing.found")
# Takes an approval back: only a later one stands.
REVOKED = "approval.revoked"
RESTS_ON = {
    "inventory.committed": DECISIONS[:1],
    "plan.compiled": (*DECISIONS[:2], *FOUND),
    "plan.approved": (*DECISIONS[:3], *FOUND, REVOKED),
    "verification.finished": ("execution.finished",),
}
ACTS = ("archive.sealed", "execution.finished", "verification.finished", "dispositions.final")
NEEDED = {
    "archive.sealed": ("plan.approved",),
    "execution.finished": ("plan.approved",),
    "verification.finished": ("execution.finished",),
    "dispositions.final": ("execution.finished", "verification.finished"),
    "evidence.sealed": ("dispositions.final",),
    **{kind: DECISIONS[:n] for n, kind in enumerate(DECISIONS)},
}
REQUIRED = ("case.opened", *DECISIONS, "execution.finished", "verification.finished", "dispositions.final", "evidence.sealed")


class History:
    """Is told of each leaf in the order of the log."""

    def __init__(self, steps: Steps, case: str) -> None:
        self._steps = steps
        self._case = case
        self.latest: dict[str, Statement] = {}
        self.counts = dict.fromkeys(DISPOSITIONS, 0)
        self.records = 0
        self._acting = False
        self._ends = 0
        self._last_record = -1

    def body(self, kind: str) -> dict:
        """Body of the latest statement of a kind; empty when there is none."""
        found = self.latest.get(kind)
        return found.body if found else {}

    def _stands(self, kind: str) -> bool:
        """It was said, and nothing that it rests on was said again later."""
        if kind not in self.latest:
            return False
        bases = [self.latest[base] for base in RESTS_ON.get(kind, ()) if base in self.latest]
        return all(base.seq < self.latest[kind].seq for base in bases)

    def statement(self, said: Statement) -> None:
        kind, place = said.kind, said.seq
        if said.case != self._case:
            self._steps.fail("statements", f"leaf {place}: case")
        if (place == 0) != (kind == "case.opened"):
            self._steps.fail("order", f"leaf {place}: {kind}")
        if not all(self._stands(needed) for needed in NEEDED.get(kind, ())):
            self._steps.fail("order", f"leaf {place}: {kind} too early")
        if (self._acting and kind in (*DECISIONS, *FOUND, REVOKED)) or (self._ends and kind in ("archive.sealed", "execution.finished")):
            self._steps.fail("order", f"leaf {place}: {kind} too late")
        if kind == "dispositions.final":
            self._end(said)
        self._acting = self._acting or kind in ACTS
        self.latest[kind] = said

    def disposition(self, place: int, leaf: Disposition) -> None:
        """One run in inventory order: so one for each record is one after the other."""
        if not self._stands("plan.approved"):
            self._steps.fail("order", f"leaf {place}: disposition too early")
        if self._ends or (self.records and place != self._last_record + 1) or leaf.index != self.records:
            self._steps.fail("dispositions", f"leaf {place}: record {leaf.index}, expected {self.records}")
        self._last_record = place
        self.records += 1
        self.counts[leaf.disposition] += 1

    def _end(self, said: Statement) -> None:
        self._ends += 1
        told = said.body.get("records")
        if self._ends > 1 or (self.records and said.seq != self._last_record + 1):
            self._steps.fail("dispositions", f"leaf {said.seq}: end")
        if type(told) is not int or told != self.records:
            self._steps.fail("dispositions", f"leaf {said.seq}: {self.records} counted")

    def finish(self, size: int) -> None:
        """After the last leaf."""
        for kind in REQUIRED:
            if not self._stands(kind):
                self._steps.fail("order", f"{kind} missing")
        sealed = self.latest.get("evidence.sealed")
        if not sealed or sealed.seq != size - 1:
            self._steps.fail("order", "evidence.sealed is not the last leaf")
