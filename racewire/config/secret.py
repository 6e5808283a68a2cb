"""A secret says where it is kept and is read only when it is needed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from racewire.config.secrecy import MASK
from racewire.config.wording import Mistake
from racewire.errors import ConfigError

_MOST = 64 * 1024


class Secret(BaseModel):
    """`{ env = "NAME" }`, `{ file = "path" }`, or the text itself; never shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    env: str | None = Field(None, min_length=1, description="the environment variable that holds it")
    file: Path | None = Field(None, description="the file that holds it; white space at its end does not count")
    literal: str | None = Field(None, repr=False, exclude=True)

    @model_validator(mode="wrap")
    @classmethod
    def _one_place(cls, given: Any, build: ModelWrapValidatorHandler[Secret], info: ValidationInfo) -> Secret:
        if isinstance(given, str):
            if not given:
                raise Mistake("a secret must not be empty")
            return cls.model_construct(literal=given)
        if isinstance(given, Mapping) and set(given) <= {"env", "file"} and len(given) != 1:
            raise Mistake("a secret stands in one place", 'write { env = "NAME" } or { file = "path" }')
        if isinstance(given, Mapping) and "literal" in given:
            raise Mistake("unknown key 'literal' in a secret", 'write { env = "NAME" }, { file = "path" }, or the text itself')
        if not isinstance(given, (Mapping, Secret)):
            raise Mistake("a secret is text or a table", 'write { env = "NAME" }, { file = "path" }, or the text itself')
        secret = build(given)
        folder = (info.context or {}).get("folder")
        if folder and secret.file is not None:
            return cls.model_construct(file=Path(folder, secret.file.expanduser()))
        return secret

    @classmethod
    def of(cls, text: str) -> Secret:
        """A secret that is at hand."""
        return cls.model_construct(literal=text)

    def value(self, env: Mapping[str, str] = os.environ) -> str:
        """The secret. Raises ConfigError, which says where it should be and never what it is."""
        if self.literal is not None:
            return self.literal
        if self.env is not None:
            if not env.get(self.env):
                raise ConfigError(f"the environment variable {self.env}, which should hold a secret, is not set")
            return env[self.env]
        try:
            with Path(self.file or "").open("rb") as file:
                content = file.read(_MOST + 1)
            text = content.decode("utf-8").rstrip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            raise ConfigError(f"cannot read the secret in {self.file}: {str(reason).lower()}") from error
        if not text or len(content) > _MOST:
            raise ConfigError(f"the file {self.file}, which should hold a secret, is {'empty' if not text else 'too large'}")
        return text

    def __repr__(self) -> str:
        place = f"env={self.env!r}" if self.env else f"file={str(self.file)!r}" if self.file else MASK
        return f"Secret({place})"

    __str__ = __repr__

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        def place(key: str, means: str) -> dict[str, Any]:
            properties = {key: {"type": "string", "minLength": 1, "description": means}}
            return {"type": "object", "properties": properties, "required": [key], "additionalProperties": False}

        return {
            "description": cls.__doc__,
            "anyOf": [
                {"type": "string", "minLength": 1},
                place("env", "the environment variable that holds it"),
                place("file", "the file that holds it"),
            ],
        }
