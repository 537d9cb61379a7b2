# SPDX-License-Identifier: Apache-2.0
"""Wiring and the journeys that cross features. `bootstrap.build_app` is the only place that constructs adapters."""
