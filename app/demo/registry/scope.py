"""Jurisdiction: which cameras a post may see, as a condition on a table's rows. Pure."""

from __future__ import annotations

import hashlib

from sqlalchemy import ColumnElement, FromClause, false, or_

from app.demo.registry.models import Scope


def in_scope(scope: Scope, table: FromClause) -> ColumnElement[bool]:
    """Rows that the scope shows, of `cameras`, `changes` or what has their jurisdiction's columns."""
    units, areas = list(scope.units), scope.areas
    unit_columns = (table.c.polda, table.c.polres, table.c.polsek, table.c.subsector)
    conditions: list[ColumnElement[bool]] = []
    if units:
        conditions.extend(column.in_(units) for column in unit_columns)
    for area in areas:
        conditions.append(table.c.kelurahan_code == area)
        conditions.append(table.c.kelurahan_code.startswith(f"{area}.", autoescape=True))
    return or_(false(), *conditions)


def scope_mark(scope: Scope) -> str:
    """A short text that differs when the scope does; part of cursors and ETags."""
    ordered = Scope(units=tuple(sorted(scope.units)), areas=tuple(sorted(scope.areas)))
    return hashlib.sha256(ordered.model_dump_json().encode()).hexdigest()[:8]
