-- What came of replaying the withdrawals of a block; one row per block, the newest verdict.
CREATE TABLE expected_block (
  root BYTEA NOT NULL PRIMARY KEY,
  slot BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  -- Of a difference: the entry counted from 0, the field, and both values as text.
  entry BIGINT,
  field TEXT,
  expected TEXT,
  found TEXT,
  -- Of a block of which nothing can be said.
  reason TEXT,
  detail TEXT,
  -- Microseconds since 1970.
  replayed_at BIGINT NOT NULL,
  CONSTRAINT expected_block_difference CHECK ((verdict = 'differs') = (field IS NOT NULL)),
  CONSTRAINT expected_block_reason CHECK ((verdict = 'not-provable') = (reason IS NOT NULL))
);

-- Few, and the ones that matter.
CREATE INDEX expected_block_differs ON expected_block (slot) WHERE verdict = 'differs';
