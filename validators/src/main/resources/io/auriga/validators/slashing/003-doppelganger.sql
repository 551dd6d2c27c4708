-- When the client of a validator is off, as its operator says.
CREATE TABLE slashing_outage (
  validator_index BIGINT NOT NULL,
  -- Microseconds since 1970; null while it lasts.
  from_at BIGINT NOT NULL,
  until_at BIGINT,
  note TEXT NOT NULL,
  declared_at BIGINT NOT NULL,
  PRIMARY KEY (validator_index, from_at)
);

-- A message of one of ours that its own client did not sign; each once.
CREATE TABLE slashing_doppelganger (
  validator_index BIGINT NOT NULL,
  message TEXT NOT NULL,
  kind TEXT NOT NULL,
  slot BIGINT NOT NULL,
  reason TEXT NOT NULL,
  seen_where TEXT NOT NULL,
  -- Microseconds since 1970; null if it was seen before a restart.
  seen_at BIGINT,
  said TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  PRIMARY KEY (validator_index, message)
);

CREATE INDEX slashing_doppelganger_newest ON slashing_doppelganger (found_at);
