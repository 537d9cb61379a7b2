# SPDX-License-Identifier: Apache-2.0
"""Small pieces that several screens share."""
