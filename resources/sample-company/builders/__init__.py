# SPDX-License-Identifier: Apache-2.0
"""Writers of the sample company's export files, one module per family of files."""
