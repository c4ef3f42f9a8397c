"""Files that show that something is so: kept once by their checksum, and only ever taken away as files."""
