# SPDX-License-Identifier: Apache-2.0
"""The goals screen."""
