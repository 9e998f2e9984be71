"""Options that many commands share."""

from typing import Annotated

import typer

from qa.cli.language import say

AsJson = Annotated[
    bool, typer.Option("--json", help=say("每个输入一行 JSON", "one JSON line an input"))
]
SiteOption = Annotated[
    str, typer.Option("--site", help=say("站点文件夹", "site folder"), show_default=False)
]
