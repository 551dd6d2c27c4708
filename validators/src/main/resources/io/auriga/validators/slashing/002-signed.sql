-- What clients say that their keys signed: of each key the newest votes, whoever told them.
CREATE TABLE slashing_signed_vote (
  pubkey BYTEA NOT NULL,
  -- Unsigned: a file may name any number of 64 bits.
  source_epoch BIGINT NOT NULL,
  target_epoch BIGINT NOT NULL,
  -- Empty where it was not told.
  signing_root BYTEA NOT NULL,
  PRIMARY KEY (pubkey, target_epoch, source_epoch, signing_root)
);

CREATE TABLE slashing_signed_block (
  pubkey BYTEA NOT NULL,
  slot BIGINT NOT NULL,
  signing_root BYTEA NOT NULL,
  PRIMARY KEY (pubkey, slot, signing_root)
);

-- What one source last told of one key. Numbers are null where it told of none.
CREATE TABLE slashing_record (
  pubkey BYTEA NOT NULL,
  source TEXT NOT NULL,
  -- Microseconds since 1970: all that was signed before is in it. Null where nobody says so.
  as_of BIGINT,
  read_at BIGINT NOT NULL,
  -- From this target on it names every vote, as far as can be told from their number.
  dense_from BIGINT,
  last_target BIGINT,
  last_slot BIGINT,
  PRIMARY KEY (pubkey, source)
);

-- The blocks of watched validators, so that a restart does not forget which slots they used.
CREATE TABLE slashing_proposal (
  validator_index BIGINT NOT NULL,
  slot BIGINT NOT NULL,
  root BYTEA NOT NULL,
  PRIMARY KEY (validator_index, slot, root)
);

CREATE INDEX slashing_proposal_slot ON slashing_proposal (slot);
