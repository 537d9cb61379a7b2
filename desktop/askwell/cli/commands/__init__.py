# SPDX-License-Identifier: Apache-2.0
"""One file a group of commands.

TO ADD ONE: a module here with `register(app: typer.Typer) -> None`, and a line in `askwell.cli.main.COMMANDS`.
"""
