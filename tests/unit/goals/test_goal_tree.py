# SPDX-License-Identifier: Apache-2.0
"""The goal tree, with the faults that real exports have."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.domain.records import Goal, GoalLevel
from askwell.goals import GoalNode, build_tree, walk


def outline(roots: list[GoalNode]) -> list[str]:
    return ["  " * depth + node.goal.text for depth, node in walk(roots)]


def problems(roots: list[GoalNode]) -> dict[str, str]:
    return {node.goal.text: node.problem.key for _, node in walk(roots) if node.problem is not None}


def test_children_hang_below_their_parents_in_file_order() -> None:
    goals = [
        Goal("部门二", code="D2", parent_code="G"),
        Goal("集团", code="G"),
        Goal("岗位", code="P", parent_code="D1"),
        Goal("部门一", code="D1", parent_code=" g "),
        Goal("另一个集团目标"),
    ]
    roots = build_tree(goals)
    assert outline(roots) == ["集团", "  部门二", "  部门一", "    岗位", "另一个集团目标"]
    assert problems(roots) == {}


def test_an_orphan_becomes_a_root_and_says_so() -> None:
    roots = build_tree([Goal("孤儿", code="A", parent_code="X")])
    assert outline(roots) == ["孤儿"]
    assert problems(roots) == {"孤儿": "problem.tree_orphan"}


def test_a_cycle_is_cut_at_its_highest_goal() -> None:
    goals = [
        Goal("岗位", code="A", parent_code="B", level=GoalLevel.POSITION),
        Goal("集团", code="B", parent_code="C"),
        Goal("部门", code="C", parent_code="A", level=GoalLevel.DEPARTMENT),
        Goal("挂在环上", code="D", parent_code="C"),
    ]
    roots = build_tree(goals)
    assert outline(roots) == ["集团", "  岗位", "    部门", "      挂在环上"]
    assert problems(roots) == {"集团": "problem.tree_cycle"}


def test_a_goal_that_is_its_own_parent_becomes_a_root() -> None:
    assert problems(build_tree([Goal("自己", code="A", parent_code="A")])) == {"自己": "problem.tree_cycle"}


def test_the_first_goal_of_a_code_is_the_parent() -> None:
    goals = [Goal("甲", code="A"), Goal("乙", code="A"), Goal("下", parent_code="A")]
    roots = build_tree(goals)
    assert outline(roots) == ["甲", "  下", "乙"]
    assert problems(roots) == {"乙": "problem.tree_duplicate"}


def test_a_chain_of_thousands_is_no_trouble() -> None:
    goals = [Goal(f"g{i}", code=f"c{i}", parent_code=f"c{i - 1}" if i else "") for i in range(5000)]
    assert max(depth for depth, _ in walk(build_tree(goals))) == 4999


def test_no_goals_make_no_tree() -> None:
    assert build_tree([]) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["", *"ABCDEX"])), max_size=9))
def test_every_goal_stands_in_the_tree_exactly_once(codes: list[tuple[str, str]]) -> None:
    goals = [Goal(f"goal {i}", code=code, parent_code=parent) for i, (code, parent) in enumerate(codes)]
    assert sorted(node.goal.text for _, node in walk(build_tree(goals))) == [goal.text for goal in goals]
