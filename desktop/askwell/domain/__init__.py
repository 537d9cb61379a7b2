# SPDX-License-Identifier: Apache-2.0
"""What the business talks about. Standard library only; imported by everything, imports nothing of Askwell."""
