"""Camera streams: host processes, ingest, engines, picture slots and their supervisor."""
