"""Which screen is which, by what screens say of themselves."""

from __future__ import annotations

import pytest

from app.core.screens import Screen, screen_keys

DELL = Screen("DP-1", "Dell", "U2720", "A1")


@pytest.mark.parametrize(
    ("screens", "keys"),
    [
        pytest.param([], (), id="none"),
        pytest.param([DELL], ("Dell U2720 A1",), id="by its serial number"),
        pytest.param([Screen("HDMI-1", "Dell", "U2720")], ("HDMI-1",), id="by its connector without one"),
        pytest.param([Screen("DP-9", serial="A1")], ("A1",), id="a serial number alone"),
        pytest.param(
            [DELL, Screen("DP-2", "Dell", "U2720", "A1")],
            ("Dell U2720 A1 @ DP-1", "Dell U2720 A1 @ DP-2"),
            id="two with one serial number by their connectors, too",
        ),
        pytest.param([Screen("VNC-0"), Screen("VNC-0")], ("VNC-0", "VNC-0 #2"), id="two that nothing tells apart"),
    ],
)
def test_what_identifies_screens(screens: list[Screen], keys: tuple[str, ...]) -> None:
    assert screen_keys(screens) == keys


def test_a_screen_is_the_same_on_another_connector() -> None:
    assert screen_keys([Screen("HDMI-3", "Dell", "U2720", "A1")]) == screen_keys([DELL])
