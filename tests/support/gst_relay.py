"""A relay that is not ours: GStreamer's RTSP server hands a camera's stream on, run by the system's Python.

    {"source": …, "username": …, "password": …, "path": …, "login": […, …]}   one line on standard input
    {"port": …}   one line on standard output, when it listens on loopback

It takes the camera's stream once, however many read it, and lets go of it when the last one has gone. It ends when
standard input ends. Must import nothing of ours: it runs under another Python.
"""

from __future__ import annotations

import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402 - the versions come first

_ROLE = "post"


def _factory(told: dict[str, str]) -> GstRtspServer.RTSPMediaFactory:
    source, username, password = (json.dumps(told[name]) for name in ("source", "username", "password"))
    camera = f"rtspsrc location={source} user-id={username} user-pw={password}"
    launch = (
        f"( {camera} protocols=tcp latency=0 ! rtph264depay ! h264parse ! rtph264pay name=pay0 config-interval=1 )"
    )
    factory = GstRtspServer.RTSPMediaFactory(launch=launch, shared=True)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role(_ROLE, "media.factory.access", True)
    permissions.add_permission_for_role(_ROLE, "media.factory.construct", True)
    factory.set_permissions(permissions)
    return factory


def _auth(username: str, password: str) -> GstRtspServer.RTSPAuth:
    auth = GstRtspServer.RTSPAuth.new()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", _ROLE)
    auth.add_digest(username, password, token)
    return auth


def main() -> int:
    """Hand on until standard input ends."""
    told = json.loads(sys.stdin.readline())
    Gst.init(None)
    server = GstRtspServer.RTSPServer(address="127.0.0.1", service="0")
    server.get_mount_points().add_factory(told["path"], _factory(told))
    server.set_auth(_auth(*told["login"]))
    server.attach(None)
    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    sys.stdout.write(json.dumps({"port": server.get_bound_port()}) + "\n")
    sys.stdout.flush()
    loop.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
