"""Settings: ``base`` is shared, ``demonstration`` is for one machine, ``production`` is read from the environment."""
