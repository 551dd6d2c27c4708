-- The same table in parts of 2^22 withdrawals, some five weeks of mainnet: the indices of the part
-- that is being written stay small enough for memory. The program makes parts as it needs them.
ALTER TABLE withdrawals_entry RENAME TO withdrawals_entry_before;
ALTER TABLE withdrawals_entry_before DROP CONSTRAINT withdrawals_entry_pkey;
DROP INDEX withdrawals_entry_validator;
DROP INDEX withdrawals_entry_address;

CREATE TABLE withdrawals_entry (
  withdrawal_index BIGINT NOT NULL,
  block_id INTEGER NOT NULL,
  validator_index BIGINT NOT NULL,
  address BYTEA NOT NULL,
  amount_gwei BIGINT NOT NULL,
  PRIMARY KEY (withdrawal_index, block_id)
) PARTITION BY RANGE (withdrawal_index);

DO 'DECLARE part BIGINT;
BEGIN
  FOR part IN SELECT DISTINCT withdrawal_index / 4194304 FROM withdrawals_entry_before LOOP
    EXECUTE format(''CREATE TABLE withdrawals_entry_p%s PARTITION OF withdrawals_entry
      FOR VALUES FROM (%s) TO (%s)'', part, part * 4194304, (part + 1) * 4194304);
  END LOOP;
END';

INSERT INTO withdrawals_entry
  (withdrawal_index, block_id, validator_index, address, amount_gwei)
  SELECT withdrawal_index, block_id, validator_index, address, amount_gwei
  FROM withdrawals_entry_before;

DROP TABLE withdrawals_entry_before;

CREATE INDEX withdrawals_entry_validator
  ON withdrawals_entry (validator_index, withdrawal_index, block_id);
CREATE INDEX withdrawals_entry_address
  ON withdrawals_entry (address, withdrawal_index, block_id);
