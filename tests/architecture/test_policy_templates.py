"""The templates for group policy and the page of settings are those of the table, whole and in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from app.config.setting import Choice, Flag, Scope, Whole
from app.config.settings_table import PARTS, TABLE
from devtools.admx import NAMESPACE
from devtools.policy import POLICY, files

LANGUAGES = ("en-US", "id-ID")
_REFERENCE = re.compile(r"\$\((string|presentation)\.([^)]+)\)")


def root_of(path: Path) -> Element:
    """A template without its namespace, which would stand before every name."""
    return ElementTree.fromstring(path.read_text(encoding="utf-8").replace(f' xmlns="{NAMESPACE}"', ""))


@pytest.fixture(scope="module")
def admx() -> Element:
    return root_of(POLICY / "pantau.admx")


@pytest.fixture(scope="module", params=LANGUAGES)
def adml(request: pytest.FixtureRequest) -> Element:
    return root_of(POLICY / request.param / "pantau.adml")


def references(admx: Element, kind: str) -> set[str]:
    texts = (value for each in admx.iter() for value in each.attrib.values())
    return {name for text in texts for found, name in _REFERENCE.findall(text) if found == kind}


@pytest.mark.parametrize(("path", "text"), files().items(), ids=lambda each: getattr(each, "name", ""))
def test_every_file_is_as_the_table_has_it(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text, "run `python3 dev.py policy`"


def test_every_text_resolves_in_each_language_and_none_is_left_over(admx: Element, adml: Element) -> None:
    strings = {each.attrib["id"]: each.text for each in adml.iter("string")}
    assert set(strings) == references(admx, "string") and all(strings.values())
    presentations = {each.attrib["id"] for each in adml.iter("presentation")}
    assert presentations == references(admx, "presentation")


def test_every_form_has_the_element_of_its_policy(admx: Element, adml: Element) -> None:
    kinds = {"enum": "dropdownList", "decimal": "decimalTextBox", "text": "textBox"}
    elements = {each.attrib["id"]: kinds[each.tag] for parent in admx.iter("elements") for each in parent}
    assert {each.attrib["refId"]: each.tag for form in adml.iter("presentation") for each in form} == elements


def test_the_languages_differ_wherever_there_are_words() -> None:
    english, indonesian = (
        {each.attrib["id"]: each.text or "" for each in root_of(POLICY / name / "pantau.adml").iter("string")}
        for name in LANGUAGES
    )
    same = {name for name, text in english.items() if indonesian[name] == text}
    assert same == {"pantau", "supported", "video", "LookLanguage_id", "LookLanguage_en"}


def policies(admx: Element) -> Iterator[tuple[str, Element]]:
    for each in admx.iter("policy"):
        yield each.attrib["name"], each


def test_each_setting_is_one_policy_with_its_values_and_bounds(admx: Element) -> None:
    found = dict(policies(admx))
    assert list(found) == [setting.value_name for setting in TABLE]
    for setting in TABLE:
        policy = found[setting.value_name]
        assert policy.attrib["key"] == r"SOFTWARE\Policies\Pantau"
        assert policy.attrib["class"] == ("Both" if setting.scope is Scope.USER else "Machine")
        assert policy.find("parentCategory") is not None and setting.part in PARTS
        match setting.shape:
            case Flag():
                values = [each.attrib["value"] for each in policy.iter("decimal")]
                assert [setting.shape.read(each) for each in values] == [True, False]
            case Choice():
                words = [each.text for each in policy.iter("string")]
                assert words == list(setting.shape.words)
            case Whole():
                (bounds,) = policy.iter("decimal")
                assert (bounds.attrib["minValue"], bounds.attrib["maxValue"]) == (
                    str(setting.shape.least),
                    str(setting.shape.most),
                )
