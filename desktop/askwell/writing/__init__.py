# SPDX-License-Identifier: Apache-2.0
"""From a position to drafts: blueprint, prompts, generation, grounding, ranking."""
