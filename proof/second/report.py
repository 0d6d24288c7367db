# SPDX-License-Identifier: Apache-2.0
"""The steps, their states and the verdict, as JSON and as text for people."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Iterator

from envelope import DISPOSITIONS
from refuse import CannotCheck, Refused
from words import WORDS

STEPS = """container policy anchor checkpoint log statements order inventory dispositions counts plan approvals binding timestamp""".split()
EXIT = {"VALID": 0, "INVALID": 1, "INCOMPLETE": 6}
CANNOT_PROVE = """no-copy-elsewhere stores-not-inventoried decisions-lawful officers-are-who-they-say media-free-of-traces
    made-at-the-stated-time""".split()
MARKS = {"passed": "✓", "failed": "✗", "missing": "–"}


class Steps:
    """A failure is never forgotten, and what is missing is never passed; the first word about a step is kept."""

    def __init__(self) -> None:
        self.states: dict[str, tuple[str, str]] = {}

    def fail(self, step: str, detail: str) -> None:
        if self.states.get(step, ("", ""))[0] != "failed":
            self.states[step] = ("failed", detail)

    def missing(self, step: str, detail: str) -> None:
        self.states.setdefault(step, ("missing", detail))

    def passed(self, step: str, detail: str = "") -> None:
        self.states.setdefault(step, ("passed", detail))

    @property
    def any_failed(self) -> bool:
        return any(state == "failed" for state, _ in self.states.values())

    @contextmanager
    def guard(self, step: str) -> Iterator[None]:
        """What is refused inside is a failure of the step; what this computer cannot check leaves it open."""
        try:
            yield
        except Refused as error:
            self.fail(step, str(error))
        except CannotCheck as error:
            self.missing(step, str(error))

    def list(self) -> list[dict[str, str]]:
        found = [(step, *self.states.get(step, ("missing", "not-reached"))) for step in STEPS]
        return [{"step": step, "state": state, "detail": detail} for step, state, detail in found]

    def verdict(self) -> str:
        states = [self.states.get(step, ("missing", ""))[0] for step in STEPS]
        if "failed" in states:
            return "INVALID"
        return "VALID" if all(state == "passed" for state in states) else "INCOMPLETE"


def render(report: dict, language: str) -> str:
    """The report for people, ending with a newline."""
    words = WORDS[language]
    stamps = report["timestamps"]
    demo = any(a["demo"] for a in report["anchors"]) or any(t["demo"] and t["state"] == "counted" for t in stamps["tokens"])
    lines = [f"{words['title']}: {words[report['verdict']]}{' 〔demo anchors〕' if demo else ''}"]
    lines += [f"  {words['demoVerdict']}"] if demo else []
    lines.append("")
    for step in report["steps"]:
        detail = "" if step["state"] == "passed" or not step["detail"] else f" ({step['detail']})"
        lines.append(f"  {MARKS[step['state']]} {words[step['state']]}  {words['steps'][step['step']]}{detail}")
    lines.append("")
    if report["log"]:
        lines.append(f"{report['caseCode']}  {words['leaves']} {report['log']['size']}  {words['records']} {report['records']}")
        lines.append("  ".join(f"{name} {report['dispositions'][name]}" for name in DISPOSITIONS if report["dispositions"][name]))
    for anchor in report["anchors"]:
        lines += ["", f"{words['anchor']}: {anchor['name']} ({words[anchor['from']]})"]
        lines += [f"  {words['demoAnchor']}"] if anchor["demo"] else []
        fingerprint = anchor["fingerprint"]
        lines.append(f"  {words['fingerprint']} {' '.join(fingerprint[n : n + 4] for n in range(0, 64, 4))}")
    lines += ["", words["timestamps"].format(quorum=stamps["quorum"], counted=stamps["counted"])]
    lines += [f"  {words['noAuthority']}"] if not stamps["given"] else []
    for token in stamps["tokens"]:
        mark = {"counted": "✓", "wrong": "✗"}.get(token["state"], "–")
        at = _local(token["at"], words) if token["at"] else ""
        lines.append("  " + "  ".join(filter(None, (f"{mark} {token['name']}", at, words["tokens"][token["state"]]))))
        lines += [f"    {words['signer']} {token['signer']}"] if token["signer"] is not None else []
    lines += ["", words["cannotProveTitle"], *(f"  · {words['cannotProve'][code]}" for code in report["cannotProve"]), ""]
    return "\n".join(lines)


def _local(iso: str, words: dict) -> str:
    """A time stamp's time, for people."""
    at = datetime.strptime(iso[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc) + timedelta(hours=words["hours"])
    return f"{at:%Y-%m-%d %H:%M:%S} {words['zone']}"
