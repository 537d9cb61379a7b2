# SPDX-License-Identifier: Apache-2.0
"""The tree strategy → department → position, built from codes and repaired where they do not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from askwell.domain.messages import Message, msg
from askwell.domain.records import Goal, GoalLevel
from askwell.goals.similarity import name_key

_HEIGHT = {GoalLevel.GROUP: 0, GoalLevel.DEPARTMENT: 1, GoalLevel.POSITION: 2}


@dataclass(frozen=True, slots=True)
class GoalNode:
    """A goal and the goals below it. `problem` says why it does not hang where its export wanted it."""

    goal: Goal
    children: tuple[GoalNode, ...] = ()
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """The parent of each goal by its place in the list, without cycles, and what was wrong."""

    parents: list[int | None]
    problems: dict[int, Message] = field(default_factory=dict)

    def above(self, place: int) -> Iterator[int]:
        """Places of the goals above, nearest first."""
        parent = self.parents[place]
        while parent is not None:
            yield parent
            parent = self.parents[parent]


def build_tree(goals: Sequence[Goal]) -> list[GoalNode]:
    """Roots with their children, in the order of `goals`. Orphans and one goal of each cycle become roots."""
    links = link(goals)
    children: dict[int | None, list[int]] = defaultdict(list)
    for place, parent in enumerate(links.parents):
        children[parent].append(place)
    # Top-down order without recursion, since an export may chain thousands of goals; then built from the leaves.
    order = list(children[None])
    for place in order:
        order.extend(children[place])
    nodes: dict[int, GoalNode] = {}
    for place in reversed(order):
        below = tuple(nodes[child] for child in children[place])
        nodes[place] = GoalNode(goals[place], below, links.problems.get(place))
    return [nodes[place] for place in children[None]]


def walk(roots: Iterable[GoalNode]) -> Iterator[tuple[int, GoalNode]]:
    """Every node with its depth, parents before children."""
    waiting = [(0, node) for node in reversed(list(roots))]
    while waiting:
        depth, node = waiting.pop()
        yield depth, node
        waiting.extend((depth + 1, child) for child in reversed(node.children))


def link(goals: Sequence[Goal]) -> Links:
    """Resolve `parent_code`, noting orphans, codes used twice and cycles."""
    links = Links([None] * len(goals))
    places: dict[str, int] = {}
    for place, goal in enumerate(goals):
        code = name_key(goal.code)
        if code and places.setdefault(code, place) != place:
            links.problems[place] = msg("problem.tree_duplicate", code=goal.code, goal=goal.text)
    for place, goal in enumerate(goals):
        wanted = name_key(goal.parent_code)
        links.parents[place] = places.get(wanted) if wanted else None
        if wanted and wanted not in places:
            links.problems[place] = msg("problem.tree_orphan", goal=goal.text, parent=goal.parent_code)
    _cut_cycles(goals, links)
    return links


def _cut_cycles(goals: Sequence[Goal], links: Links) -> None:
    safe: set[int] = set()
    for start in range(len(goals)):
        path: list[int] = []
        on_path: set[int] = set()
        place: int | None = start
        while place is not None and place not in safe and place not in on_path:
            path.append(place)
            on_path.add(place)
            place = links.parents[place]
        if place is not None and place in on_path:
            _cut(goals, links, path[path.index(place) :])
        safe |= on_path


def _cut(goals: Sequence[Goal], links: Links, cycle: list[int]) -> None:
    # The highest goal of the cycle most likely belongs at the top.
    top = min(cycle, key=lambda place: (_HEIGHT[goals[place].level], place))
    goal = goals[top]
    links.parents[top] = None
    links.problems[top] = msg("problem.tree_cycle", goal=goal.text, parent=goal.parent_code)
