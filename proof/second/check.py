#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks an evidence bundle, offline, with Python 3.9 or later and openssl 3. A second checker, written from the standards and from
docs/reference/evidence-bundle.md, independent of the first one (proof/src). Exit: 0 valid, 6 incomplete, 1 invalid, 2 usage."""

from __future__ import annotations

import sys

# The checker may lie in the bundle that it checks, where another file would be an unknown one.
sys.dont_write_bytecode = True

import argparse
import json
import os

from approvals import check_approvals
from bag import Bag
from content import check_binding, check_inventory, check_plan
from envelope import DISPOSITION_START, DISPOSITIONS, STATEMENT, read_disposition, read_envelope, read_statement, verify_envelope
from history import History
from merkle import Tree, leaf_hash
from note import Key, is_demo, log_origin, parse_policy, read_checkpoint, read_note, verify_note
from openssl import OpenSSL
from refuse import CannotCheck, Refused
from report import CANNOT_PROVE, EXIT, Steps, render
from stamps import check_stamps
from strict import has_exactly, parse_canonical, parse_canonical_file
from trust import NOTHING, Trust, fingerprint_of, parse_trust
from words import WORDS

LEAVES_PER_FILE = 10_000


def check_bundle(folder: str, anchors: list[str], trust: Trust, openssl: OpenSSL) -> dict:
    """The report. Nothing of the bundle is believed before it was verified; memory is bounded by the longest line."""
    steps = Steps()
    report = {
        "schema": "shanhou.evidence-report.v1",
        "verdict": "",
        "caseCode": None,
        "log": None,
        "records": 0,
        "dispositions": dict.fromkeys(DISPOSITIONS, 0),
        "steps": [],
        "anchors": [],
        "timestamps": {"quorum": trust.quorum, "counted": 0, "given": len(trust.authorities), "tokens": []},
        "sealedAt": None,
        "cannotProve": CANNOT_PROVE,
    }
    bag = Bag(folder)
    with steps.guard("container"):
        bag.check()
        steps.passed("container")
    if not steps.any_failed:
        _check_content(bag, [*map(fingerprint_of, anchors), *trust.logs], trust, openssl, steps, report)
    return {**report, "verdict": steps.verdict(), "steps": steps.list()}


def _check_content(bag: Bag, outside: list[str], trust: Trust, openssl: OpenSSL, steps: Steps, report: dict) -> None:
    key = None
    with steps.guard("policy"):
        key = parse_policy(bag.whole("data/policy"))
        case = _read_case(bag)
        report["caseCode"] = case["code"]
    if key is None or report["caseCode"] is None:
        return
    if key.name != log_origin(case["code"], case["demo"]):
        steps.fail("policy", "key name")
    steps.passed("policy")
    report["anchors"] = [_check_anchor(key, outside, steps)]
    checkpoint = None
    with steps.guard("checkpoint"):
        note = read_note(bag.whole("data/log/checkpoint"), key, "checkpoint")
        checkpoint = read_checkpoint(note, key)
        verify_note(note, key, openssl, "checkpoint")
        report["log"] = {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()}
        steps.passed("checkpoint")
    if steps.any_failed or checkpoint is None:
        return
    history = History(steps, case["code"])
    report["dispositions"] = history.counts
    tree = None
    with steps.guard("log"):
        tree = _read_log(bag, key, history, openssl, steps)
        if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
            steps.fail("log", "root or size")
        steps.passed("log", str(tree.size))
    if tree is None:
        return
    history.finish(tree.size)
    steps.passed("statements")
    steps.passed("order")
    report["sealedAt"] = history.latest["evidence.sealed"].at if "evidence.sealed" in history.latest else None
    report["records"] = check_inventory(bag, history, steps)
    with steps.guard("plan"):
        check_plan(bag, history)
        steps.passed("plan")
    with steps.guard("approvals"):
        check_approvals(history, case["code"], key, openssl, steps)
        steps.passed("approvals")
    with steps.guard("binding"):
        check_binding(bag, history, case["code"])
        steps.passed("binding")
    with steps.guard("timestamp"):
        report["timestamps"] = check_stamps(bag, key, trust, openssl, steps)


def _read_case(bag: Bag) -> dict:
    case = parse_canonical_file(bag.whole("data/case.json"), "case.json")
    if not has_exactly(case, "schema code company demo facts tool") or case["schema"] != "shanhou.evidence.case.v1":
        raise Refused("case.json")
    tool = case["tool"]
    texts = (case["code"], case["company"], *(tool.values() if has_exactly(tool, "name version") else [None]))
    if not all(isinstance(text, str) for text in texts) or not isinstance(case["demo"], bool) or not isinstance(case["facts"], dict):
        raise Refused("case.json")
    return case


def _check_anchor(key: Key, outside: list[str], steps: Steps) -> dict:
    known = key.fingerprint in outside
    if not outside:
        steps.missing("anchor", "compare the fingerprint with the published one")
    elif not known:
        steps.fail("anchor", f"{key.fingerprint} is not a key you gave")
    steps.passed("anchor")
    said = {"name": key.name, "keyId": key.id, "fingerprint": key.fingerprint}
    return {**said, "demo": is_demo(key.name), "from": "outside" if known else "bundle"}


def _read_log(bag: Bag, key: Key, history: History, openssl: OpenSSL, steps: Steps) -> Tree:
    """Every leaf once: into the tree, and what it says into the history. 10,000 in each file but the last."""
    tree = Tree()
    for number, path in enumerate(bag.entries):
        before = tree.size
        for line in bag.lines(path):
            tree.add(leaf_hash(line))
            with steps.guard("statements"):
                _read_leaf(line, tree.size - 1, key, history, openssl, steps)
        rows = tree.size - before
        if rows == 0 or rows > LEAVES_PER_FILE or (rows < LEAVES_PER_FILE and number < len(bag.entries) - 1):
            raise Refused(f"{path}: lines")
    return tree


def _read_leaf(line: bytes, place: int, key: Key, history: History, openssl: OpenSSL, steps: Steps) -> None:
    if line.startswith(DISPOSITION_START):
        history.disposition(place, read_disposition(line))
        return
    envelope = read_envelope(parse_canonical(line, f"leaf {place}"), STATEMENT)
    statement = read_statement(envelope, key)
    if statement.seq != place:
        raise Refused(f"leaf {place}: seq")
    try:
        verify_envelope(envelope, key.public, openssl)
    except CannotCheck as error:
        steps.missing("statements", str(error))
    history.statement(statement)


def _arguments(args: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("bundle")
    parser.add_argument("--anchor", action="append", default=[])
    parser.add_argument("--trust")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=sorted(WORDS), default="zh")
    parser.error = _usage  # type: ignore[method-assign]
    return parser.parse_args(args)


def _usage(reason: str) -> None:
    raise Refused(reason)


def run(args: list[str], openssl: OpenSSL) -> tuple[argparse.Namespace, dict]:
    """Arguments and report. Raises Refused for wrong arguments or a wrong trust file, OSError for what cannot be read."""
    given = _arguments(args)
    for anchor in given.anchor:
        fingerprint_of(anchor)
    if not os.path.isdir(given.bundle):
        raise Refused(f"{given.bundle}: no folder")
    trust = NOTHING
    if given.trust is not None:
        with open(given.trust, encoding="utf-8", errors="replace") as file:
            trust = parse_trust(file.read())
    return given, check_bundle(given.bundle, given.anchor, trust, openssl)


def _batch(openssl: OpenSSL) -> int:
    """Each line of the input is a JSON list of arguments; each line of the output a report, or `{"usage": …}`."""
    for line in sys.stdin:
        try:
            answer = run(json.loads(line), openssl)[1]
        except Refused as error:
            answer = {"usage": str(error)}
        print(json.dumps(answer), flush=True)
    return 0


def main(args: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    with OpenSSL() as openssl:
        if args == ["--batch"]:
            return _batch(openssl)
        try:
            given, report = run(args, openssl)
        except (Refused, OSError) as error:
            print(f"{error}\n\n{WORDS['zh']['usage']}\n\n{WORDS['en']['usage']}", file=sys.stderr)
            return 2
    print(json.dumps(report, ensure_ascii=False, indent=2) if given.json else render(report, given.lang))
    return EXIT[report["verdict"]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
