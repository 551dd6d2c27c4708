-- The same table in the order of its key, without a row number beside it: a row is written into
-- three trees and not into four.
CREATE TABLE withdrawals_entry_ordered (
  withdrawal_index BIGINT NOT NULL,
  block_id INTEGER NOT NULL,
  validator_index BIGINT NOT NULL,
  address BYTEA NOT NULL,
  amount_gwei BIGINT NOT NULL,
  PRIMARY KEY (withdrawal_index, block_id)
) WITHOUT ROWID;

INSERT INTO withdrawals_entry_ordered
  (withdrawal_index, block_id, validator_index, address, amount_gwei)
  SELECT withdrawal_index, block_id, validator_index, address, amount_gwei
  FROM withdrawals_entry ORDER BY withdrawal_index, block_id;

DROP TABLE withdrawals_entry;
ALTER TABLE withdrawals_entry_ordered RENAME TO withdrawals_entry;

CREATE INDEX withdrawals_entry_validator
  ON withdrawals_entry (validator_index, withdrawal_index, block_id);
CREATE INDEX withdrawals_entry_address
  ON withdrawals_entry (address, withdrawal_index, block_id);
