"""Plans that come in and go out as one file, and how two states of one differ."""
