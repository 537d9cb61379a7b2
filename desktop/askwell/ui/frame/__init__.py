# SPDX-License-Identifier: Apache-2.0
"""The window around the screens: navigation, header, notices, side panel, status line, command palette."""
