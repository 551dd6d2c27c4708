-- What was put in for validators, as the blocks carry it: part of what a block's root proves.
CREATE TABLE withdrawals_deposit (
  block_id INTEGER NOT NULL,
  position BIGINT NOT NULL,
  public_key BYTEA NOT NULL,
  -- The raw 64 bits.
  amount_gwei BIGINT NOT NULL,
  -- 1 if its very block credits it (before Electra), 0 if it waits in the chain's queue.
  at_once BIGINT NOT NULL,
  PRIMARY KEY (block_id, position)
);

CREATE INDEX withdrawals_deposit_key ON withdrawals_deposit (public_key, block_id);

CREATE INDEX withdrawals_request_target ON withdrawals_request (target_key, block_id)
  WHERE target_key IS NOT NULL;

-- Since when deposits are kept, and from which slot on every deposit that waits is one of them: a
-- single row.
CREATE TABLE withdrawals_deposit_start (
  id BIGINT NOT NULL PRIMARY KEY,
  first_block_id BIGINT NOT NULL,
  -- Missing until a node's queue showed it.
  queue_slot BIGINT,
  CONSTRAINT withdrawals_deposit_start_single CHECK (id = 1)
);

INSERT INTO withdrawals_deposit_start (id, first_block_id)
  SELECT 1, COALESCE(MAX(next_block_id), 1) FROM withdrawals_position;

-- Of full withdrawals, and of a sweep's excess that is not all income: how much was put in, and of
-- how much it is not known. In place of withdrawals_full, which is written no more.
CREATE TABLE withdrawals_basis (
  withdrawal_index BIGINT NOT NULL,
  block_id INTEGER NOT NULL,
  principal_gwei BIGINT NOT NULL,
  unknown_gwei BIGINT NOT NULL,
  -- Why something is not known; missing where all is.
  doubt TEXT,
  -- What had been credited of the deposits that are kept, at the least and at the most.
  credited_least BIGINT NOT NULL,
  credited_most BIGINT NOT NULL,
  PRIMARY KEY (withdrawal_index, block_id)
);
