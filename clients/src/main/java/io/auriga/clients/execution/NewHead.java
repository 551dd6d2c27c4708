package io.auriga.clients.execution;

import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;

/** An execution client's announcement of a new head; a hint, like every event. */
public record NewHead(BlockNumber number, BlockHash hash, BlockHash parentHash) {}
