-- What was checked of a block, once. A block without a row was not checked yet.
CREATE TABLE withdrawals_reconciled (
  block_id INTEGER NOT NULL PRIMARY KEY,
  proven BIGINT NOT NULL,
  unprovable BIGINT NOT NULL,
  diverged BIGINT NOT NULL,
  -- Why some could not be proven: the first reason, for a person. Missing if all were.
  reason TEXT,
  checked_at BIGINT NOT NULL
);

-- Where two sides disagree, kept with both values whatever becomes of it.
CREATE TABLE withdrawals_divergence (
  -- Code, block and subject: the same one is found again, not twice.
  divergence_key TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  -- Of the block; missing for what lies between blocks.
  slot BIGINT,
  root BYTEA,
  subject TEXT NOT NULL,
  expected TEXT NOT NULL,
  found TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  -- When it was last looked at, whatever came of it.
  looked_at BIGINT NOT NULL,
  -- Missing while it is open.
  resolved_at BIGINT,
  repair TEXT
);

CREATE INDEX withdrawals_divergence_found ON withdrawals_divergence (found_at);
CREATE INDEX withdrawals_divergence_open ON withdrawals_divergence (code)
  WHERE resolved_at IS NULL;
