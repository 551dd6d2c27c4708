-- The verdict on each slot at each pair of a consensus and an execution client.
CREATE TABLE sync_slot (
  slot BIGINT NOT NULL,
  -- The consensus client's name.
  node TEXT NOT NULL,
  -- When the slot began, in milliseconds since 1970.
  started_at BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  tone TEXT NOT NULL,
  -- All of it, as the interface gives it.
  details TEXT NOT NULL,
  PRIMARY KEY (slot, node)
);
