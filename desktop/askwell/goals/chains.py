# SPDX-License-Identifier: Apache-2.0
"""Which goal a KPI or duty serves, and the goals above that one."""

from __future__ import annotations

from collections.abc import Sequence

from askwell.domain.records import Goal, GoalLevel, Position
from askwell.goals.similarity import contained, likeness, name_key
from askwell.goals.tree import link

_ENOUGH = 0.4
_SAME_POSITION = 0.3
_SAME_DEPARTMENT = 0.15
_DEPTH = {GoalLevel.POSITION: 0.02, GoalLevel.DEPARTMENT: 0.01, GoalLevel.GROUP: 0.0}


class Chains:
    """Finds chains for one position; the tree is linked once."""

    def __init__(self, goals: Sequence[Goal], position: Position) -> None:
        self._goals = [goal for goal in goals if goal.text.strip()]
        self._links = link(self._goals)
        self._title = name_key(position.title)
        self._department = name_key(position.department)
        # A goal set for another position says nothing about this one.
        self._eligible = [place for place, goal in enumerate(self._goals) if self._may_serve(goal)]

    def _may_serve(self, goal: Goal) -> bool:
        return not goal.position_title.strip() or name_key(goal.position_title) == self._title

    def above(self, text: str, owner: bool = True) -> tuple[str, ...]:
        """Goals above a KPI name or a duty, nearest first; empty where none can be told.

        With `owner`, the only goal of the position or its department serves where no words are in common: right for a
        KPI, which is set to serve it, but not for every duty.
        """
        place = self._by_likeness(text)
        if place is None and owner:
            place = self._by_owner()
        if place is None:
            return ()
        texts = [self._goals[one].text for one in (place, *self._links.above(place))]
        return tuple(dict.fromkeys(texts))

    def _by_likeness(self, text: str) -> int | None:
        best, best_score = None, 0.0
        for place in self._eligible:
            goal = self._goals[place]
            alike = max(likeness(text, goal.measure), contained(goal.measure, text), contained(text, goal.text))
            score = alike + self._nearness(goal)
            if alike >= _ENOUGH and score > best_score:
                best, best_score = place, score
        return best

    def _nearness(self, goal: Goal) -> float:
        if goal.position_title.strip():
            return _SAME_POSITION + _DEPTH[goal.level]
        same = bool(self._department) and name_key(goal.department) == self._department
        return (_SAME_DEPARTMENT if same else 0.0) + _DEPTH[goal.level]

    def _by_owner(self) -> int | None:
        own = [place for place in self._eligible if self._goals[place].position_title.strip()]
        shared = [
            place
            for place in self._eligible
            if place not in own and self._department and name_key(self._goals[place].department) == self._department
        ]
        # Of several goals without a word in common none is better than another: no chain rather than a made-up one.
        for places in (own, shared):
            if len(places) == 1:
                return places[0]
        return None
