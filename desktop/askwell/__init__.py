# SPDX-License-Identifier: Apache-2.0
"""Askwell: writes, reviews and exports structured interview questions, on this machine only."""

__version__ = "0.1.0"
