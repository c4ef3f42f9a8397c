"""Control charts of every series, with verdicts on variation and on the target."""
