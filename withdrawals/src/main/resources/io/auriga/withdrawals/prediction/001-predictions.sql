-- What was predicted from a block, and what came of it. One row for each validator, kind and slot
-- from which it was made; made anew from another block of that slot, the row is replaced.
CREATE TABLE prediction_made (
  validator_index BIGINT NOT NULL,
  made_slot BIGINT NOT NULL,
  kind TEXT NOT NULL,
  -- The block that the prediction was made from: if it is orphaned, nothing is scored.
  made_root BYTEA NOT NULL,
  -- Microseconds since 1970.
  made_at BIGINT NOT NULL,
  slot_low BIGINT NOT NULL,
  slot_expected BIGINT NOT NULL,
  slot_high BIGINT NOT NULL,
  -- Thousandths of a slot.
  deviation BIGINT NOT NULL,
  gwei_low BIGINT NOT NULL,
  gwei_expected BIGINT NOT NULL,
  gwei_high BIGINT NOT NULL,
  gwei_accrues BIGINT NOT NULL,
  -- The payment that came; all are missing while none came, and again if its block is orphaned.
  outcome_slot BIGINT,
  outcome_block BIGINT,
  outcome_index BIGINT,
  outcome_gwei BIGINT,
  PRIMARY KEY (validator_index, made_slot, kind)
);

CREATE INDEX prediction_made_open ON prediction_made (validator_index)
  WHERE outcome_slot IS NULL;
CREATE INDEX prediction_made_outcome ON prediction_made (outcome_slot);
CREATE INDEX prediction_made_age ON prediction_made (made_slot);
