"""The history of a plan on one line: revisions, submissions, signatures, meetings and judgements."""
