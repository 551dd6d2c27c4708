-- What the execution layer asked of the consensus layer in each block (EIP-7002, EIP-7251), in the
-- block's order: part of what the block's root proves.
CREATE TABLE withdrawals_request (
  block_id INTEGER NOT NULL,
  -- The type byte of EIP-7685: 1 pays out, 2 consolidates.
  request_type BIGINT NOT NULL,
  position BIGINT NOT NULL,
  source BYTEA NOT NULL,
  public_key BYTEA NOT NULL,
  -- Of a consolidation only.
  target_key BYTEA,
  -- Of a payment only. The raw 64 bits: anyone may ask for more than 2^63, and that is then negative.
  amount_gwei BIGINT,
  -- Where the execution node says the log is: not proven. Missing while not asked or not found.
  transaction_hash BYTEA,
  log_index BIGINT,
  log_block_number BIGINT,
  -- 0 not asked yet, 1 asked.
  log_asked BIGINT NOT NULL,
  PRIMARY KEY (block_id, request_type, position)
);

CREATE INDEX withdrawals_request_key ON withdrawals_request (public_key, block_id);
CREATE INDEX withdrawals_request_unasked ON withdrawals_request (block_id) WHERE log_asked = 0;

-- The state that a block left: by its root a node is asked for what the block does not say. Whoever
-- writes it has also kept the block's requests: where it is missing, they are not all known.
ALTER TABLE withdrawals_block ADD COLUMN state_root BYTEA;

CREATE INDEX withdrawals_block_stateless ON withdrawals_block (slot) WHERE state_root IS NULL;

-- What kind the withdrawals of a block are, and how that is known: one byte each, in their order. A
-- block without a row was not looked at yet.
CREATE TABLE withdrawals_kind (
  block_id INTEGER NOT NULL PRIMARY KEY,
  evidence BYTEA NOT NULL,
  -- 0 if it is looked at again once its block is final.
  settled BIGINT NOT NULL,
  judged_at BIGINT NOT NULL
);

CREATE INDEX withdrawals_kind_open ON withdrawals_kind (block_id) WHERE settled = 0;

-- Of full withdrawals, what telling principal from income takes.
CREATE TABLE withdrawals_full (
  withdrawal_index BIGINT NOT NULL,
  block_id INTEGER NOT NULL,
  validator_index BIGINT NOT NULL,
  -- The most that credentials 0x01 let a validator keep; missing for compounding ones.
  keep_gwei BIGINT,
  -- In the state of its block; missing where only a later state was served.
  effective_gwei BIGINT,
  PRIMARY KEY (withdrawal_index, block_id)
);

CREATE INDEX withdrawals_full_validator
  ON withdrawals_full (validator_index, withdrawal_index, block_id);

-- Requested partial withdrawals, by the key that their requests name.
CREATE TABLE withdrawals_requested (
  withdrawal_index BIGINT NOT NULL,
  block_id INTEGER NOT NULL,
  public_key BYTEA NOT NULL,
  -- The last slot whose block can carry the request: what is requested later cannot be paid yet.
  asked_by_slot BIGINT NOT NULL,
  PRIMARY KEY (withdrawal_index, block_id)
);

CREATE INDEX withdrawals_requested_key
  ON withdrawals_requested (public_key, withdrawal_index, block_id);
