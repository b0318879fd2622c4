-- What happened to one thing, in order: the history of a member, and whether somebody changed it since it was read.
create index event_by_stream on event (stream, seq);
