"""Papers at the command line: on the screen, or as a page to print."""

from __future__ import annotations

from pathlib import Path

import click

from cases.paper import Paper, to_html, to_text


def deliver(paper: Paper, html: Path | None) -> None:
    """Print *paper*, or write it as a page into the file *html*."""
    if html is None:
        click.echo(to_text(paper))
        return
    try:
        html.write_text(to_html(paper), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{html} 写不进去：{error.strerror}。") from None
    click.echo(f"已写到 {html}，用浏览器打开就能打印。", err=True)


html_option = click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写成能打印的网页文件。"
)
