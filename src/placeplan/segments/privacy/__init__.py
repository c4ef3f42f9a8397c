"""Person-level privacy: NHS numbers, pseudonyms, linkage, opt-outs, and who may see and do what."""
