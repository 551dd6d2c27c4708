package io.auriga.clients.execution;

import io.auriga.clients.NodeException;
import io.auriga.types.BlockHash;

/** What became of one item of a batch. */
public sealed interface BlockAnswer {
  BlockHash hash();

  record Found(BlockHash hash, ExecutionBlock block) implements BlockAnswer {}

  /** The node does not know the block. */
  record Unknown(BlockHash hash) implements BlockAnswer {}

  /** This item failed; others of the same batch may not have. */
  record Failed(BlockHash hash, NodeException failure) implements BlockAnswer {}
}
