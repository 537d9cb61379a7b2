# SPDX-License-Identifier: Apache-2.0
"""From draft to approved: rule packs, checks, rewrites and the rules of approval. Pure: no Qt, no database."""

from askwell.review.approval import approve, can_export, edit, reject
from askwell.review.checker import Checker
from askwell.review.relevance import check_relevance

__all__ = ["Checker", "approve", "can_export", "check_relevance", "edit", "reject"]
