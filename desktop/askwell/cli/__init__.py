# SPDX-License-Identifier: Apache-2.0
"""The same use cases without a window: the proof that the rest is free of Qt."""
