-- Two messages of one validator that together may be slashed, or an accusation by others; each once.
CREATE TABLE slashing_offence (
  offence_key TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  validator_index BIGINT NOT NULL,
  -- Of the later message.
  slot BIGINT NOT NULL,
  watched INTEGER NOT NULL,
  earlier TEXT NOT NULL,
  later TEXT NOT NULL,
  -- Microseconds since 1970.
  found_at BIGINT NOT NULL
);

CREATE INDEX slashing_offence_newest ON slashing_offence (watched, found_at);

-- What was done, or would have been, to stop a validator of our own. Written before the call, and
-- again when its outcome is known: a row without one is a call that may or may not have been made.
CREATE TABLE slashing_stop (
  validator_index BIGINT NOT NULL,
  action TEXT NOT NULL,
  dry_run INTEGER NOT NULL,
  reason TEXT NOT NULL,
  -- Microseconds since 1970.
  intended_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  ended_at BIGINT,
  outcome TEXT,
  PRIMARY KEY (validator_index, action, dry_run)
);

-- The votes of one target epoch, as EpochVotes writes them: of everybody, or of watched validators.
CREATE TABLE slashing_epoch (
  target_epoch BIGINT NOT NULL,
  everybody INTEGER NOT NULL,
  votes BYTEA NOT NULL,
  PRIMARY KEY (target_epoch, everybody)
);
