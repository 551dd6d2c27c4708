-- One row per consensus block that was ever canonical. All stages live here and not with each
-- withdrawal, so that finalizing an epoch is one UPDATE over blocks.
-- Times are microseconds since 1970; a missing one is a stage that was not reached.
CREATE TABLE withdrawals_block (
  -- INTEGER and not BIGINT: in SQLite the table itself is then in the order of this key, without
  -- an index of its own. Given by the ledger, never used twice.
  block_id INTEGER NOT NULL PRIMARY KEY,
  slot BIGINT NOT NULL,
  root BYTEA NOT NULL,
  parent_root BYTEA NOT NULL,
  fork TEXT NOT NULL,
  block_number BIGINT NOT NULL,
  block_hash BYTEA NOT NULL,
  withdrawals_root BYTEA NOT NULL,
  -- Seconds since 1970.
  slot_time BIGINT NOT NULL,
  optimistic BIGINT NOT NULL,
  canonical BIGINT NOT NULL,
  -- The index of the first withdrawal, or the one it would have in a block without any; missing
  -- while no withdrawal was seen on the chain yet.
  first_index BIGINT,
  withdrawal_count BIGINT NOT NULL,
  total_gwei BIGINT NOT NULL,
  consensus_at BIGINT NOT NULL,
  executed_at BIGINT,
  safe_at BIGINT,
  finalized_at BIGINT,
  orphaned_at BIGINT,
  CONSTRAINT withdrawals_block_canonical CHECK (canonical IN (0, 1)),
  -- What is final is never undone, whatever the code does.
  CONSTRAINT withdrawals_block_final CHECK (canonical = 1 OR finalized_at IS NULL),
  CONSTRAINT withdrawals_block_orphaned CHECK ((orphaned_at IS NULL) = (canonical = 1)),
  CONSTRAINT withdrawals_block_indexed CHECK (withdrawal_count = 0 OR first_index IS NOT NULL)
);

CREATE UNIQUE INDEX withdrawals_block_root ON withdrawals_block (root);
CREATE INDEX withdrawals_block_slot ON withdrawals_block (slot);
CREATE INDEX withdrawals_block_number ON withdrawals_block (block_number);
CREATE INDEX withdrawals_block_hash ON withdrawals_block (block_hash);
CREATE INDEX withdrawals_block_time ON withdrawals_block (slot_time);

-- One canonical block a slot.
CREATE UNIQUE INDEX withdrawals_block_chain ON withdrawals_block (slot) WHERE canonical = 1;

-- Small ones, over what is still moving.
CREATE INDEX withdrawals_block_orphans ON withdrawals_block (slot) WHERE canonical = 0;
CREATE INDEX withdrawals_block_unmatched ON withdrawals_block (slot)
  WHERE canonical = 1 AND executed_at IS NULL;
CREATE INDEX withdrawals_block_unfinal ON withdrawals_block (slot)
  WHERE canonical = 1 AND finalized_at IS NULL;

-- The withdrawals of those blocks: the same index once in each block that competes for it. The
-- position in the block is withdrawal_index - first_index. No foreign key: PostgreSQL would check
-- it row by row, and nothing ever deletes a block.
CREATE TABLE withdrawals_entry (
  withdrawal_index BIGINT NOT NULL,
  block_id INTEGER NOT NULL,
  validator_index BIGINT NOT NULL,
  address BYTEA NOT NULL,
  amount_gwei BIGINT NOT NULL,
  PRIMARY KEY (withdrawal_index, block_id)
);

CREATE INDEX withdrawals_entry_validator
  ON withdrawals_entry (validator_index, withdrawal_index, block_id);
CREATE INDEX withdrawals_entry_address
  ON withdrawals_entry (address, withdrawal_index, block_id);

-- What the blocks of each stage add up to, changed with them in the same transaction: a summary
-- must not cost more after a year than after a day. A stage that nothing was ever in has no row.
-- The sum of all amounts need not fit 64 bits: it is high * 2^32 + low.
CREATE TABLE withdrawals_total (
  stage TEXT NOT NULL PRIMARY KEY,
  withdrawals BIGINT NOT NULL,
  gwei_high BIGINT NOT NULL,
  gwei_low BIGINT NOT NULL
);

-- The cursor: one row, part of every commit. Head, start and indices are missing while the ledger
-- is empty.
CREATE TABLE withdrawals_position (
  id BIGINT NOT NULL PRIMARY KEY,
  next_block_id BIGINT NOT NULL,
  head_slot BIGINT,
  head_root BYTEA,
  start_slot BIGINT,
  start_index BIGINT,
  next_index BIGINT,
  safe_epoch BIGINT NOT NULL,
  safe_slot BIGINT,
  safe_root BYTEA,
  finalized_epoch BIGINT NOT NULL,
  finalized_slot BIGINT,
  finalized_root BYTEA,
  -- Holes in the sequence of indices, and withdrawals in them, when it was last walked.
  gap_count BIGINT NOT NULL,
  gap_size BIGINT NOT NULL,
  CONSTRAINT withdrawals_position_single CHECK (id = 1)
);
