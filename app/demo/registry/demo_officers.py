"""The officers of the demo: invented people whose PINs are no secrets.

They come into a registry that has no officers yet, and leave it for good when IT adds the first real one.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from app.demo.registry.models import Scope
from app.demo.registry.officers import Officer, OfficerStore, Role
from app.demo.registry.pins import PinHasher

_SCOPE = Scope(units=("PMJ",))
_PEOPLE = (
    ("86040317", "204817", "Bripka Sari Wulandari (contoh)", Role.OFFICER),
    ("91110562", "731946", "Briptu Dimas Prakoso (contoh)", Role.OFFICER),
    ("94070821", "568302", "Bripda Maria Tambunan (contoh)", Role.OFFICER),
    ("78021144", "419075", "Iptu Agus Santoso (contoh)", Role.CHIEF),
    ("88090633", "852613", "Brigadir Rina Kusuma (contoh)", Role.IT),
)
"""Service number, PIN, name and role."""


def seed_demo_officers(officers: OfficerStore, hasher: PinHasher) -> None:
    """Add them to a registry without officers; one that had any is left as it is."""
    if not officers.is_empty():
        return
    for number, pin, name, role in _PEOPLE:
        officer = Officer(uuid5(NAMESPACE_URL, f"pantau:demo-officer:{number}"), number, name, role, _SCOPE)
        officers.add(officer, hasher.hash(pin))


def announced_demo_officers(officers: OfficerStore) -> list[dict[str, str]]:
    """Those who may sign in, with their PINs, for whoever tries the demo."""
    return [
        {"service_number": number, "pin": pin, "name": name, "role": role.value}
        for number, pin, name, role in _PEOPLE
        if officers.account(number) is not None
    ]


def retire_demo_officers(officers: OfficerStore) -> None:
    """Take them out of use: their PINs are in a README."""
    for number, *_ in _PEOPLE:
        officers.retire(number)
