# SPDX-License-Identifier: Apache-2.0
"""One file a step: `rNNNN_<what>.py`, its revision is the number. Never edit a step that was released."""
