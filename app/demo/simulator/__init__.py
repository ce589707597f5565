"""The RTSP camera simulator of the demo and the tests: standard library and modules of ours, one event loop."""
