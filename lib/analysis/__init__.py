"""Frame in, frame out: the numbers behind the charts, without a chart or a page."""
