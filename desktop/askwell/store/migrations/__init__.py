# SPDX-License-Identifier: Apache-2.0
"""Alembic's script folder: `env.py` and one numbered file a step in `versions/`."""
