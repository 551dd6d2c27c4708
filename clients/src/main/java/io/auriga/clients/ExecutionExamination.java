package io.auriga.clients;

import io.auriga.clients.execution.BlockTag;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.HttpExecutionNode;
import io.auriga.clients.execution.ParsedBlock;
import io.auriga.clients.execution.PreShanghaiBlock;
import io.auriga.clients.execution.UnsupportedBlock;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.SlotClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checks of one execution client. Used once, by one thread. */
final class ExecutionExamination {
  private static final String NOT_CAPABLE =
      "Upgrade the execution client: it is not Shanghai capable, whatever its version says";

  /** What the consensus side says of the chain. */
  record Chain(ChainSpec spec, SlotClock clock, Optional<BlockHash> headPayload) {}

  private final ExecutionNode node;
  private final ClientVersions versions;
  private final @Nullable Chain chain;
  private final List<Finding> findings;

  /**
   * @param chain null if no consensus client answered
   */
  ExecutionExamination(
      ExecutionNode node, ClientVersions versions, @Nullable Chain chain, List<Finding> findings) {
    this.node = node;
    this.versions = versions;
    this.chain = chain;
    this.findings = findings;
  }

  void run() {
    try {
      long chainId = node.chainId();
      findings.add(
          Finding.ok("reachable", node.name(), "chain id " + Long.toUnsignedString(chainId)));
    } catch (NodeException failed) {
      findings.add(Finding.of(Finding.Severity.BLOCKER, "reachable", failed));
      return;
    }
    NodeDoctor.check(findings, "version", this::version);
    NodeDoctor.check(findings, "synced", this::synced);
    NodeDoctor.check(findings, "withdrawals", this::withdrawals);
    tag(BlockTag.safe());
    tag(BlockTag.finalized());
    NodeDoctor.check(findings, "same chain", this::sameChain);
  }

  private void version() {
    String version = node.clientVersion();
    Optional<ForkName> fork =
        chain == null
            ? Optional.empty()
            : chain
                .spec()
                .forks()
                .entryAt(chain.spec().epochOf(chain.clock().currentSlot()))
                .fork();
    findings.add(
        fork.map(
                active ->
                    versions.judge(ClientVersions.Side.EXECUTION, node.name(), version, active))
            .orElseGet(() -> Finding.note("version", node.name(), version, "")));
  }

  private void synced() {
    findings.add(
        node.syncing()
            ? Finding.blocker(
                "synced", node.name(), "it is syncing", "Wait until it is synced, or use another")
            : Finding.ok("synced", node.name(), "it is synced"));
  }

  private void withdrawals() {
    Optional<? extends ParsedBlock> latest =
        node instanceof HttpExecutionNode http
            ? http.parsedBlock(BlockTag.latest())
            : node.block(BlockTag.latest());
    if (latest.isEmpty()) {
      findings.add(
          Finding.blocker(
              "withdrawals", node.name(), "it has no latest block", "See the node's own log"));
      return;
    }
    findings.add(
        switch (latest.get()) {
          case ExecutionBlock block -> shanghai(block);
          case PreShanghaiBlock old -> beforeShanghai(old);
          case UnsupportedBlock newer ->
              Finding.blocker(
                  "withdrawals",
                  node.name(),
                  "block " + newer.number() + ": " + newer.reason(),
                  "Upgrade Auriga to a version that knows the fork");
        });
  }

  private Finding shanghai(ExecutionBlock block) {
    String what = "block " + block.header().number();
    if (block.withdrawals() == null) {
      return Finding.blocker(
          "withdrawals",
          node.name(),
          what + " has a withdrawals root but no withdrawals",
          NOT_CAPABLE);
    }
    if (!block.header().hash().equals(block.claimedHash())) {
      return Finding.blocker(
          "withdrawals",
          node.name(),
          what
              + " claims the hash "
              + block.claimedHash()
              + ", its header has "
              + block.header().hash(),
          "The node's answer leaves out or changes header fields: upgrade it");
    }
    return Finding.ok(
        "withdrawals",
        node.name(),
        what + " has " + block.withdrawals().size() + " withdrawals, and its hash is right");
  }

  private Finding beforeShanghai(PreShanghaiBlock old) {
    String what = "block " + old.number() + " has no withdrawals root";
    if (chain == null) {
      return Finding.warning(
          "withdrawals", node.name(), what, "See whether the network is past Shanghai");
    }
    Optional<Instant> shanghai =
        chain
            .spec()
            .forks()
            .epochOf(ForkName.CAPELLA)
            .map(epoch -> chain.clock().startOf(chain.spec().startSlotOf(epoch)));
    boolean past =
        shanghai.isPresent()
            && Long.compareUnsigned(old.timestamp(), shanghai.get().getEpochSecond()) >= 0;
    return past
        ? Finding.blocker(
            "withdrawals", node.name(), what + " although it is from after Shanghai", NOT_CAPABLE)
        : Finding.warning(
            "withdrawals",
            node.name(),
            what + ", because it is from before Shanghai",
            "Wait until the node has passed Shanghai");
  }

  private void tag(BlockTag tag) {
    String check = "tag " + tag.wireName();
    try {
      findings.add(
          node.block(tag)
              .map(block -> Finding.ok(check, node.name(), "is block " + block.header().number()))
              .orElseGet(
                  () ->
                      Finding.note(
                          check,
                          node.name(),
                          "there is no such block yet",
                          "Nothing on a young chain; otherwise see that a consensus client drives"
                              + " the node")));
    } catch (NodeException failed) {
      // Finality comes from the consensus side; the tags are a cross-check.
      findings.add(Finding.of(Finding.Severity.WARNING, check, failed));
    }
  }

  private void sameChain() {
    if (chain == null || chain.headPayload().isEmpty()) {
      return;
    }
    BlockHash payload = chain.headPayload().get();
    findings.add(
        node.block(payload).isPresent()
            ? Finding.ok(
                "same chain",
                node.name(),
                "knows the payload of the consensus head, " + payload.toShortHex())
            : Finding.warning(
                "same chain",
                node.name(),
                "does not know the payload of the consensus head, " + payload.toShortHex(),
                "See that both follow the same chain; an execution client that is a little behind"
                    + " catches up by itself"));
  }
}
