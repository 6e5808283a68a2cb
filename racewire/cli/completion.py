"""`racewire completion`: completion for three shells."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash:  eval "$(racewire completion bash)"            in ~/.bashrc
    zsh:   eval "$(racewire completion zsh)"             in ~/.zshrc
    fish:  racewire completion fish > ~/.config/fish/completions/racewire.fish
    """
    from racewire.cli.group import racewire

    maker = get_completion_class(shell)
    assert maker is not None
    click.echo(maker(racewire, {}, "racewire", "_RACEWIRE_COMPLETE").source())
