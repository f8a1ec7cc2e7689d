"""Public notices (公示): what may stand on a village board, how long it stands, who objects."""
