"""`racewire schema`: what the two files may hold, for editors and other tools."""

from __future__ import annotations

import click

from racewire.cli.output import as_json


@click.command()
@click.argument("file", type=click.Choice(["config", "rules", "entities"]))
def schema(file: str) -> None:
    """Print the JSON Schema of racewire.toml (config), rules.toml (rules) or entities.toml (entities).

    Editors with a TOML plug-in check the file while it is written: put `#:schema racewire.schema.json` on its first line.
    """
    if file == "config":
        from racewire.config.models import Config

        model, title = Config.model_json_schema(by_alias=True, mode="serialization"), "racewire.toml"
    elif file == "entities":
        from racewire.entities.overrides import EntitiesFile

        model, title = EntitiesFile.model_json_schema(by_alias=True), "entities.toml"
    else:
        from alerts.rules.model import RulesFile

        model, title = RulesFile.model_json_schema(by_alias=True), "rules.toml"
    click.echo(as_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **model, "title": title}, indent=2))
