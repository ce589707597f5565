r"""The templates for Windows' group policy, made from the table of settings: ADMX, and ADML in each language.

Pure. The format is Microsoft's "Group Policy ADMX Syntax Reference Guide"; group policy editors refuse a template
whose texts do not all resolve. Each setting is one policy below `SOFTWARE\Policies\Pantau`, for the PC and, where
an officer may choose, for the user too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from app.config.setting import Choice, Flag, Scope, Setting, Text, Whole
from app.config.settings_table import PARTS
from app.config.settings_windows import POLICY_PATH

NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
ROOT_CATEGORY = "pantau"
SUPPORTED = "supported"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
Say = Callable[[str], str]
"""Gives an English text in the language of a file."""


def admx_text(table: Sequence[Setting[Any]]) -> str:
    """The ADMX file: what policies there are, in no language."""
    root = _root("policyDefinitions")
    spaces = SubElement(root, "policyNamespaces")
    SubElement(spaces, "target", prefix="pantau", namespace="Pantau.Policies")
    SubElement(root, "resources", minRequiredRevision="1.0")
    definitions = SubElement(SubElement(root, "supportedOn"), "definitions")
    SubElement(definitions, "definition", name=SUPPORTED, displayName=_string(SUPPORTED))
    _add_categories(SubElement(root, "categories"), table)
    policies = SubElement(root, "policies")
    for setting in table:
        _add_policy(policies, setting)
    return _written(root)


def adml_text(table: Sequence[Setting[Any]], say: Say) -> str:
    """The ADML file of one language: the texts and forms of all policies.

    Args:
        table: the settings.
        say: see `Say`.
    """
    root = _root("policyDefinitionResources")
    SubElement(root, "displayName").text = "Pantau"
    SubElement(root, "description").text = "Pantau"
    resources = SubElement(root, "resources")
    strings = SubElement(resources, "stringTable")
    for name, text in _strings(table).items():
        SubElement(strings, "string", id=name).text = say(text)
    presentations = SubElement(resources, "presentationTable")
    for setting in table:
        _add_presentation(presentations, setting, say)
    return _written(root)


def _root(tag: str) -> Element:
    return Element(tag, {"xmlns": NAMESPACE, "revision": "1.0", "schemaVersion": "1.0"})


def _written(root: Element) -> str:
    ElementTree.indent(root)
    return _HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


def _string(name: str) -> str:
    return f"$(string.{name})"


def _parts(table: Sequence[Setting[Any]]) -> list[str]:
    return [*dict.fromkeys(setting.part for setting in table)]


def _add_categories(categories: Element, table: Sequence[Setting[Any]]) -> None:
    SubElement(categories, "category", name=ROOT_CATEGORY, displayName=_string(ROOT_CATEGORY))
    for part in _parts(table):
        category = SubElement(categories, "category", name=part, displayName=_string(part))
        SubElement(category, "parentCategory", ref=ROOT_CATEGORY)


def _add_policy(policies: Element, setting: Setting[Any]) -> None:
    name = setting.value_name
    policy = SubElement(
        policies,
        "policy",
        {
            "name": name,
            "class": "Both" if setting.scope is Scope.USER else "Machine",
            "displayName": _string(name),
            "explainText": _string(f"{name}_help"),
            "key": POLICY_PATH,
        },
    )
    is_flag = isinstance(setting.shape, Flag)
    policy.set(*("valueName", name) if is_flag else ("presentation", f"$(presentation.{name})"))
    SubElement(policy, "parentCategory", ref=setting.part)
    SubElement(policy, "supportedOn", ref=SUPPORTED)
    if is_flag:
        for tag, value in (("enabledValue", "1"), ("disabledValue", "0")):
            SubElement(SubElement(policy, tag), "decimal", value=value)
    else:
        _add_element(SubElement(policy, "elements"), setting)


def _add_element(elements: Element, setting: Setting[Any]) -> None:
    name, shape = setting.value_name, setting.shape
    known = {"id": name, "valueName": name, "required": "true"}
    match shape:
        case Choice():
            choice = SubElement(elements, "enum", known)
            for option in shape.options:
                item = SubElement(choice, "item", displayName=_string(f"{name}_{option.word}"))
                SubElement(SubElement(item, "value"), "string").text = option.word
        case Whole():
            SubElement(elements, "decimal", {**known, "minValue": str(shape.least), "maxValue": str(shape.most)})
        case _:
            most = shape.most_characters if isinstance(shape, Text) else 1_000
            SubElement(elements, "text", {**known, "maxLength": str(most)})


def _strings(table: Sequence[Setting[Any]]) -> Mapping[str, str]:
    """The English texts by their ids."""
    parts = {part: PARTS[part].template for part in _parts(table)}
    policies = {name: text for setting in table for name, text in _strings_of(setting)}
    return {ROOT_CATEGORY: "Pantau", SUPPORTED: "Pantau", **parts, **policies}


def _strings_of(setting: Setting[Any]) -> Iterator[tuple[str, str]]:
    yield setting.value_name, setting.title.template
    yield f"{setting.value_name}_help", setting.help.template
    if isinstance(setting.shape, Choice):
        for option in setting.shape.options:
            yield f"{setting.value_name}_{option.word}", option.label.template


def _add_presentation(presentations: Element, setting: Setting[Any], say: Say) -> None:
    name, label = setting.value_name, say(setting.title.template)
    match setting.shape:
        case Flag():
            return
        case Choice():
            form = SubElement(SubElement(presentations, "presentation", id=name), "dropdownList", refId=name)
            form.text = label
        case Whole():
            presentation = SubElement(presentations, "presentation", id=name)
            form = SubElement(presentation, "decimalTextBox", refId=name, defaultValue=str(setting.default))
            form.text = label
        case _:
            form = SubElement(SubElement(presentations, "presentation", id=name), "textBox", refId=name)
            SubElement(form, "label").text = label
