# SPDX-License-Identifier: Apache-2.0
"""The window. PySide6 is imported here and nowhere else; presenters stay free of it."""
