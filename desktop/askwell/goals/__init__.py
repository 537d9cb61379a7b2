# SPDX-License-Identifier: Apache-2.0
"""What a position must deliver and why: the goal tree, requirements with weights, coverage, changes of KPIs."""

from askwell.goals.changes import ChangeKind, KpiChange, changed_kpis
from askwell.goals.coverage import Cover, Coverage, coverage
from askwell.goals.lexicon import Competency, Lexicon, default_lexicon, load_lexicon
from askwell.goals.requirements import requirements
from askwell.goals.tree import GoalNode, build_tree, walk

__all__ = [
    "ChangeKind",
    "Competency",
    "Cover",
    "Coverage",
    "GoalNode",
    "KpiChange",
    "Lexicon",
    "build_tree",
    "changed_kpis",
    "coverage",
    "default_lexicon",
    "load_lexicon",
    "requirements",
    "walk",
]
