"""What can be wrong with settings, in the words of whoever wrote them: which setting, and what to do."""

from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

_JSON = '{"g-3-1": "…"}'


def misplaced(values: dict[str, Any], model: type[BaseModel], path: tuple[str, ...]) -> list[str]:
    """Return what does not belong into the file: unknown settings, and secrets."""
    problems = []
    for key, value in values.items():
        field, here = model.model_fields.get(str(key)), (*path, str(key))
        if field is None:
            near = get_close_matches(str(key), model.model_fields, 1)
            remedy = f"did you mean “{near[0]}”?" if near else f"known here: {', '.join(model.model_fields)}"
            problems.append(f"{'.'.join(here)}: there is no such setting; {remedy}")
        elif _is_secret(field):
            problems.append(f"{'.'.join(here)}: a secret does not stand in this file; {_by_environment(here, field)}")
        else:
            problems += _misplaced_below(value, field, here)
    return problems


def _misplaced_below(value: Any, field: FieldInfo, here: tuple[str, ...]) -> list[str]:
    if not isinstance(value, dict):
        return []
    for inner in (field.annotation, *get_args(field.annotation)):
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            named = [(here, value)] if inner is field.annotation else [((*here, str(k)), v) for k, v in value.items()]
            return [p for path, one in named if isinstance(one, dict) for p in misplaced(one, inner, path)]
    return []


def _is_secret(field: FieldInfo) -> bool:
    return "SecretStr" in repr(field.annotation)


def _by_environment(path: tuple[str, ...], field: FieldInfo) -> str:
    name = f"GRIDBOT_{'__'.join(path).upper()}"
    if field.annotation is SecretStr:
        return f"set the environment variable {name} and delete it here"
    return f"set the environment variable {name} to JSON such as '{_JSON}' and delete it here"


def problem(error: Any) -> str:
    """Return one of pydantic's findings in the operator's words."""
    path = ".".join(str(part) for part in error["loc"]) or "configuration"
    if error["type"] == "missing":
        return f"{path}: this must be set in config.yaml; an account that is in the environment only is half an account"
    if error["type"] in ("model_type", "dict_type"):
        return f"{path}: settings are expected below this, each on a line of its own, indented"
    return f"{path}: {error['msg'].removeprefix('Value error, ')}{_found(error)}"


def unreadable(said: str) -> str:
    """Return what the library says of the environment with the names of the variables, but never what they hold."""
    section = said.partition('field "')[2].partition('"')[0]
    begin = f"GRIDBOT_{section.upper()}"
    return f"the environment: a variable that begins with {begin} is no JSON; write {_JSON} in single quotes"


def _found(error: Any) -> str:
    """Return the value that was found, unless it stands below `channels`, where it could be a secret."""
    if "channels" in error["loc"][:1] or isinstance(error.get("input"), dict):
        return ""
    return f" (found {error['input']!r})"
