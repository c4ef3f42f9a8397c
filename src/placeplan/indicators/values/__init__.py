"""Values of measures with limits, method and note, worked out from observations."""
