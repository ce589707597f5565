"""Drawing the demo's clips: a small perspective renderer on QPainter, four places, four conditions."""
