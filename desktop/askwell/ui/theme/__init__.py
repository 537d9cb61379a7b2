# SPDX-License-Identifier: Apache-2.0
"""Look of the window: tokens (one file), palette, style sheet, fonts, icons."""
