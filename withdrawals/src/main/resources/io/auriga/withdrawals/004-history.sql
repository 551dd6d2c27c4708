-- What was loaded as history, apart from what is followed: one row for each load (a file, a range
-- of slots), written in the transaction of its blocks. Loads never overlap. Their blocks are final,
-- have ids below zero (slot - 2^31), and count here and not in withdrawals_total: so a load and the
-- follower never change the same row.
CREATE TABLE withdrawals_history (
  -- The slots that were looked at, those without a block included.
  first_slot BIGINT NOT NULL PRIMARY KEY,
  last_slot BIGINT NOT NULL,
  -- The root that the first block names as its parent.
  parent_root BYTEA NOT NULL,
  first_block_slot BIGINT NOT NULL,
  first_block_root BYTEA NOT NULL,
  last_block_slot BIGINT NOT NULL,
  last_block_root BYTEA NOT NULL,
  -- The index of the first withdrawal, and the one that the block after the last begins with;
  -- missing where no block had any and no neighbour says.
  first_index BIGINT,
  next_index BIGINT,
  blocks BIGINT NOT NULL,
  withdrawals BIGINT NOT NULL,
  gwei_high BIGINT NOT NULL,
  gwei_low BIGINT NOT NULL,
  verification TEXT NOT NULL,
  source TEXT NOT NULL,
  loaded_at BIGINT NOT NULL,
  CONSTRAINT withdrawals_history_slots CHECK (first_slot <= first_block_slot
    AND first_block_slot <= last_block_slot AND last_block_slot <= last_slot),
  CONSTRAINT withdrawals_history_whole CHECK (
    (withdrawals = 0 AND (first_index IS NULL) = (next_index IS NULL))
    OR next_index - first_index = withdrawals)
);

CREATE UNIQUE INDEX withdrawals_history_last ON withdrawals_history (last_slot);

-- History is never matched with an execution node, and is no work that waits.
DROP INDEX withdrawals_block_unmatched;
CREATE INDEX withdrawals_block_unmatched ON withdrawals_block (slot)
  WHERE canonical = 1 AND executed_at IS NULL AND block_id > 0;
