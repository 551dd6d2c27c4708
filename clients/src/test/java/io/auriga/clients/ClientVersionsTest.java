package io.auriga.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.ClientVersions.Side;
import io.auriga.types.ForkName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientVersionsTest {
  private final ClientVersions versions = ClientVersions.builtIn();

  @ParameterizedTest
  @CsvSource({
    "Geth/v1.11.5-stable-a38f4108/linux-amd64/go1.20.2, geth, 1.11.5",
    "erigon/2.42.0/linux-amd64/go1.19.2, erigon, 2.42.0",
    "Nethermind/v1.17.3+7f3a8a5c/linux-x64/dotnet7.0.4, nethermind, 1.17.3",
    "Lodestar/v1.5.1/2115aa7, lodestar, 1.5.1",
    "EthereumJS/0.10.5/linux/node20.20.2, ethereumjs, 0.10.5",
    "Lighthouse/v4.5.0-441fc16/x86_64-linux, lighthouse, 4.5.0",
    "Prysm/v4.0.0 (linux amd64), prysm, 4.0.0",
  })
  void readsNameAndVersion(String text, String client, String version) {
    assertThat(ClientVersions.parse(text)).contains(new ClientVersions.Running(client, version));
  }

  @ParameterizedTest
  @CsvSource({"''", "unknown", "v1.2.3", "Geth/latest"})
  void leavesATextWithoutAVersionAlone(String text) {
    assertThat(ClientVersions.parse(text)).isEmpty();
    assertThat(versions.judge(Side.EXECUTION, "node", text, ForkName.CAPELLA).severity())
        .isEqualTo(Finding.Severity.NOTE);
  }

  @Test
  void warnsOfAVersionBeforeTheMinimumWithItsSource() {
    Finding finding = versions.judge(Side.EXECUTION, "node", "Geth/v1.11.4-stable", ForkName.FULU);
    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(finding.detail()).contains("1.11.5", "go-ethereum tags");
    assertThat(finding.remedy()).isEqualTo("Upgrade geth");
  }

  @Test
  void saysWhichForkTheMinimumIsFor() {
    Finding finding = versions.judge(Side.EXECUTION, "node", "Geth/v1.11.10", ForkName.FULU);
    assertThat(finding.severity()).isEqualTo(Finding.Severity.OK);
    assertThat(finding.detail()).contains("at least 1.11.5 for capella", "for fulu is not known");
  }

  @Test
  void claimsNothingOfAClientThatItDoesNotKnow() {
    Finding finding = versions.judge(Side.CONSENSUS, "node", "Teku/v25.1.0", ForkName.FULU);
    assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE);
    assertThat(finding.detail()).contains("no minimum version of teku is known");
  }

  @ParameterizedTest
  @CsvSource({"1.2.3,1.2.3,0", "1.10.0,1.9.9,1", "1.2,1.2.0,0", "1.2,1.2.1,-1", "2.0,10.0,-1"})
  void comparesVersionsByNumber(String version, String other, int sign) {
    assertThat(Integer.signum(ClientVersions.compare(version, other))).isEqualTo(sign);
  }

  @Test
  void givesEveryRowASource() {
    assertThat(versions.rows())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.source()).isNotBlank());
  }
}
