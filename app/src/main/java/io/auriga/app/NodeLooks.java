package io.auriga.app;

import io.auriga.app.web.NodeSnapshot.Layer;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.crypto.execution.ExecutionHeader;
import java.util.Optional;

/** Is told what each look at a node found, on the thread that looks at it. */
interface NodeLooks {
  /** Nobody wants to know. */
  NodeLooks NONE = new NodeLooks() {};

  /** A consensus client answered. */
  default void consensus(String node, SyncStatus status) {}

  /** An execution client answered. */
  default void execution(String node, boolean syncing, Optional<ExecutionHeader> head) {}

  /** A node did not answer, or said what cannot be understood. */
  default void failed(Layer layer, String node, NodeException failure) {}
}
