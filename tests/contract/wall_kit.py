"""What the tests of walls at the reference registry share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, ParamSpec

import requests
from people_kit import asked
from reference_registry_kit import PostClient, ServedRegistry, make_camera

from app.demo.registry.models import Scope
from tests.waiting import until

P = ParamSpec("P")
CAMERA = make_camera("A-1")
ELSEWHERE = make_camera("B-1", "31.72.01.1005")
CAMERAS = (CAMERA, make_camera("A-2", "31.71.01.1003"), ELSEWHERE)
"""Two of Gambir in two of its subsectors, and one of Utara."""
ONE_CAMERA = {"monitor": 1, "camera_id": str(CAMERA.id), "tile": 2}
LONG_WAIT_S = 25
GAMBIR, PUSAT, UTARA = (Scope(units=(code,)) for code in ("PMJ-0101", "PMJ-01", "PMJ-02"))


def wall_path(wall_id: str, what: str) -> str:
    """The path of what is known of a wall."""
    return f"/v1/walls/{wall_id}/{what}"


def report(**changes: Any) -> dict[str, Any]:
    """What a wall reports, but for the changes."""
    tiles = [
        {"tile": 1, "camera_id": str(CAMERA.id), "life": "live", "age_s": 0.1},
        {"tile": 2, "camera_id": None, "life": "empty", "age_s": None},
    ]
    monitors = [{"number": 1, "layout": "Pagi", "tiles": tiles}]
    applied = {"applied_revision": 0, "applied_state": "released"}
    return {"name": "Dinding Harmoni", "monitors": monitors, **applied, **changes}


def reported(post: PostClient, wall_id: str = "", **changes: Any) -> None:
    """A post reports its wall."""
    answer = asked(post, "PUT", wall_path(wall_id or post.id, "reported"), json=report(**changes))
    assert answer.status_code == 204, answer.text


def reported_post(registry: ServedRegistry) -> PostClient:
    """A post of Gambir whose wall has reported."""
    client = registry.post(GAMBIR)
    reported(client)
    return client


def document(name: str = "Pagi") -> dict[str, Any]:
    """A layout as a wall saves it."""
    cells = [[0, 0, 1, 1], [1, 0, 1, 1]]
    own = {"cameras": {"1": str(CAMERA.id)}, "query": None, "hotspot": None, "locked": False}
    return {"version": 1, "name": name, "columns": 2, "rows": 1, "cells": cells, **own}


def in_background(
    call: Callable[P, requests.Response], *args: P.args, **options: P.kwargs
) -> Future[requests.Response]:
    """A request in a thread of its own."""
    done: Future[requests.Response] = Future()

    def ask() -> None:
        try:
            done.set_result(call(*args, **options))
        except (requests.RequestException, AssertionError) as error:
            done.set_exception(error)

    threading.Thread(target=ask).start()
    return done


def desired(client: PostClient, wall_id: str, **parameters: Any) -> dict[str, Any]:
    """What a wall is to show, to who asks."""
    answer = asked(client, "GET", wall_path(wall_id, "desired"), params=parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["ETag"] == f'"{answer.json()["revision"]}"'
    return dict(answer.json())


def order(client: PostClient, wall_id: str, body: dict[str, Any], seen: int) -> requests.Response:
    """A chief orders something, having seen that revision."""
    return asked(client, "PUT", wall_path(wall_id, "desired"), headers={"If-Match": f'"{seen}"'}, json=body)


def release(client: PostClient, wall_id: str, seen: int) -> requests.Response:
    """A chief takes an order back, having seen that revision."""
    return asked(client, "DELETE", wall_path(wall_id, "desired"), headers={"If-Match": f'"{seen}"'})


def schedule(client: PostClient, wall_id: str, seen: int, *entries: dict[str, Any]) -> requests.Response:
    """A chief writes a schedule, having seen that revision."""
    headers, body = {"If-Match": f'"{seen}"'}, {"entries": list(entries)}
    return asked(client, "PUT", wall_path(wall_id, "schedule"), headers=headers, json=body)


def waiting(registry: ServedRegistry, post: PostClient, revision: int) -> Future[requests.Response]:
    """A post's long-poll that has begun to wait."""
    parameters = {"revision": revision, "wait_s": LONG_WAIT_S}
    before = registry.services.watch.waiting
    poll = in_background(asked, post, "GET", wall_path(post.id, "desired"), params=parameters)
    until(lambda: registry.services.watch.waiting == before + 1)
    return poll
