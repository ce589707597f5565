"""Cameras that are not ours: GStreamer's RTSP server, run by the system's Python, which alone has its bindings.

    {"username": …, "password": …}   one line on standard input: the login of the cameras that want one
    {"port": …, "login_port": …}     one line on standard output, when it listens on loopback

It ends when standard input ends. Must import nothing of ours: it runs under another Python.
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

# The pixel format is part of each: left open, jpegenc takes 4:4:4, which RTP cannot carry (RFC 2435 has 4:2:0 and
# 4:2:2 only), so that the payloader drops every picture and DESCRIBE is never answered.
_SOURCE = "videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=320,height=176,framerate={fps}/1"
_QUICK = "tune=zerolatency speed-preset=ultrafast threads=1"
_H264 = f"x264enc {_QUICK} key-int-max=15 bitrate=300 ! rtph264pay name=pay0 pt=96 config-interval=1"
_X265 = "tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=300 option-string=pools=1:log-level=none"
_B_FRAMES = (
    "x264enc speed-preset=veryfast threads=1 bframes=3 b-adapt=false rc-lookahead=5 key-int-max=15 bitrate=300"
    " ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96 config-interval=1"
)
_AUDIO = "audiotestsrc is-live=true ! alawenc ! rtppcmapay name=pay1 pt=8"
_ROLE = "post"

OPEN_CAMERAS = {
    "/h264": (15, _H264),
    "/h265": (15, f"x265enc {_X265} ! rtph265pay name=pay0 pt=96 config-interval=1"),
    "/mjpeg": (10, "jpegenc ! rtpjpegpay name=pay0 pt=26"),
    "/audio": (15, f"{_H264} {_AUDIO}"),
    "/b-frames": (15, _B_FRAMES),
    "/rare-keys": (15, _H264.replace("key-int-max=15", "key-int-max=60")),
}
CAMERAS_WITH_LOGIN = {"/h264": (15, _H264)}


def _serve(cameras: dict[str, tuple[int, str]]) -> GstRtspServer.RTSPServer:
    server = GstRtspServer.RTSPServer(address="127.0.0.1", service="0")
    for path, (fps, encoder) in cameras.items():
        launch = f"( {_SOURCE.format(fps=fps)} ! {encoder} )"
        factory = GstRtspServer.RTSPMediaFactory(launch=launch, shared=True)
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role(_ROLE, "media.factory.access", True)
        permissions.add_permission_for_role(_ROLE, "media.factory.construct", True)
        factory.set_permissions(permissions)
        server.get_mount_points().add_factory(path, factory)
    return server


def _digest_only(username: str, password: str) -> GstRtspServer.RTSPAuth:
    auth = GstRtspServer.RTSPAuth.new()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", _ROLE)
    auth.add_digest(username, password, token)
    return auth


def main() -> int:
    """Serve until standard input ends."""
    login = json.loads(sys.stdin.readline())
    Gst.init(None)
    servers = [_serve(OPEN_CAMERAS), _serve(CAMERAS_WITH_LOGIN)]
    servers[1].set_auth(_digest_only(login["username"], login["password"]))
    for server in servers:
        server.attach(None)
    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    ports = [server.get_bound_port() for server in servers]
    sys.stdout.write(json.dumps({"port": ports[0], "login_port": ports[1]}) + "\n")
    sys.stdout.flush()
    loop.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
