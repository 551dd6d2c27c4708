-- Who vouches for the last block of a load beside the file that it came from: a node, or a later
-- state. Missing where nobody does; what is followed may still be linked to it.
ALTER TABLE withdrawals_history ADD COLUMN anchor TEXT;
