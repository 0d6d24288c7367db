# SPDX-License-Identifier: Apache-2.0
"""What the log says about the inventory, the plan and the files outside the log, held against what is there."""

from __future__ import annotations

import hashlib
import os

from bag import STAMPS, Bag
from history import History
from merkle import HASH, Tree
from refuse import Refused
from report import Steps
from strict import canonical, has_exactly, is_count, parse_canonical, parse_canonical_file

DATASETS = "data/inventory/datasets.json"
PLAN = "data/plan/plan.json"
COMMITMENTS_PER_FILE = 100_000


def check_inventory(bag: Bag, history: History, steps: Steps) -> int:
    """The steps `inventory`, `dispositions`, `counts`. Returns the number of records."""
    body = history.body("inventory.committed")
    tree = None
    with steps.guard("inventory"):
        tree = _read_commitments(bag)
        if body.get("root") != tree.root().hex() or not is_count(body.get("records")) or body["records"] != tree.size:
            steps.fail("inventory", "root or records")
        steps.passed("inventory")
    if tree is None:
        return 0
    if history.records != tree.size:
        steps.fail("dispositions", f"{history.records} of {tree.size}")
    steps.passed("dispositions")
    with steps.guard("counts"):
        _check_datasets(body.get("datasets"), tree.size)
        said = {"schema": "shanhou.evidence.datasets.v1", **{key: body.get(key) for key in ("root", "records", "datasets")}}
        file = parse_canonical_file(bag.whole(DATASETS), DATASETS)
        if not isinstance(file, dict) or canonical(file) != canonical(said):
            raise Refused(DATASETS)
        steps.passed("counts")
    return tree.size


def _read_commitments(bag: Bag) -> Tree:
    """The tree over the commitments. Raises Refused when a file is not cut as the format says."""
    tree = Tree()
    for number, path in enumerate(bag.commitments):
        size = os.path.getsize(os.path.join(bag.root, path))
        rows = size // HASH
        last = number == len(bag.commitments) - 1
        if size % HASH or rows == 0 or rows > COMMITMENTS_PER_FILE or (not last and rows < COMMITMENTS_PER_FILE):
            raise Refused(f"{path}: size")
        for piece in bag.pieces(path):
            # A piece is a multiple of 32 bytes, except the file's last one, whose size was looked at.
            for at in range(0, len(piece), HASH):
                tree.add(piece[at : at + HASH])
    return tree


def _check_datasets(datasets: object, records: int) -> None:
    """They follow each other without a hole, each was read and has as many records as its source counted."""
    if not isinstance(datasets, list):
        raise Refused("datasets")
    names = set()
    at = 0
    for n, dataset in enumerate(datasets):
        if not has_exactly(dataset, "dataset first rows sourceCount read"):
            raise Refused(f"dataset {n}")
        name, first, rows = dataset["dataset"], dataset["first"], dataset["rows"]
        counts = [rows, dataset["sourceCount"], *([] if first is None else [first])]
        if not isinstance(name, str) or name in names or not all(is_count(count) for count in counts):
            raise Refused(f"dataset {n}")
        names.add(name)
        if dataset["read"] is not True or rows != dataset["sourceCount"] or (rows > 0 and first != at):
            raise Refused(f"dataset {n}: {rows} of {dataset['sourceCount']}")
        at += rows
    if at != records:
        raise Refused(f"{at} of {records}")


def check_plan(bag: Bag, history: History) -> None:
    """The plan's digest covers exactly the inventory and the data map that the log fixed, and the plan's file carries it. Raises Refused."""
    plan, inventory = history.body("plan.compiled"), history.body("inventory.committed")
    parts, data_map = plan.get("parts"), history.body("data-map.fixed").get("digest")
    if not isinstance(parts, dict) or plan.get("digest") != hashlib.sha256(canonical(parts).encode()).hexdigest():
        raise Refused("digest")
    if not isinstance(parts.get("inventoryRoot"), str) or parts["inventoryRoot"] != inventory.get("root"):
        raise Refused("inventory root")
    if not isinstance(data_map, str) or parts.get("dataMap") != data_map or inventory.get("dataMap") != data_map:
        raise Refused("data map")
    file = parse_canonical_file(bag.whole(PLAN), PLAN)
    if not isinstance(file, dict) or file.get("digest") != plan["digest"]:
        raise Refused(PLAN)


def check_binding(bag: Bag, history: History, case: str) -> None:
    """Every payload file outside data/log and data/timestamps is named in the last statement with SHA-256 and size, and no other is.
    Raises Refused."""
    sealed = history.latest.get("evidence.sealed")
    bound = [path for path in bag.payload if not path.startswith(("data/log/", STAMPS))]
    if sealed is None or not isinstance(sealed.body.get("files"), list):
        raise Refused("evidence.sealed")
    if len(sealed.body["files"]) != len(bound):
        raise Refused(f"{len(sealed.body['files'])} of {len(bound)} files")
    for said, path in zip(sealed.body["files"], bound):
        digest, size = bag.digest(path, "sha256")
        if not has_exactly(said, "path sha256 bytes") or not is_count(said["bytes"]) or said != {"path": path, "sha256": digest, "bytes": size}:
            raise Refused(path)
    if (bag.info["Bagging-Date"], bag.info["External-Identifier"]) != (sealed.at[:10], case):
        raise Refused("bag-info.txt")
