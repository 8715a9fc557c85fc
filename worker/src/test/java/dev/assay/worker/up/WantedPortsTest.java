package dev.assay.worker.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.devserver.DevServerSettings.Ports;
import dev.assay.worker.devserver.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedPortsTest {
  private static final WantedPorts NONE = new WantedPorts(Optional.empty(), Optional.empty());

  @Test
  void choose_noneNamed_areThoseOfTheKilledUp() {
    Ports before = FreePorts.any();
    assertThat(NONE.choose(Optional.of(before))).isEqualTo(before);
  }

  @Test
  void choose_oneNamed_comesBeforeThatOfTheKilledUp() {
    Ports before = FreePorts.any();
    Ports other = FreePorts.any();
    WantedPorts wanted = new WantedPorts(Optional.of(other.frontend()), Optional.empty());
    assertThat(wanted.choose(Optional.of(before)))
        .isEqualTo(new Ports(other.frontend(), before.ui()));
  }

  @Test
  void choose_namedAny_isNotThatOfTheKilledUp() {
    Ports before = FreePorts.any();
    WantedPorts wanted = new WantedPorts(Optional.of(0), Optional.of(0));
    Ports chosen = wanted.choose(Optional.of(before));
    assertThat(chosen.frontend()).isPositive().isNotEqualTo(before.frontend());
    assertThat(chosen.ui()).isPositive().isNotEqualTo(before.ui());
  }

  @Test
  void choose_killedOnesPortTaken_isTheUsualOrAnother() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports before = new Ports(taken.getLocalPort(), FreePorts.any().ui());
      Ports chosen = NONE.choose(Optional.of(before));
      assertThat(chosen.frontend()).isPositive().isNotEqualTo(before.frontend());
      assertThat(chosen.ui()).isEqualTo(before.ui());
    }
  }

  @Test
  void choose_noKilledUp_isTheUsualWhereFree() {
    Ports usual = FreePorts.preferring(List.of(7233), List.of(8233));
    assertThat(NONE.choose(Optional.empty())).satisfies(chosen -> sameIfUsual(chosen, usual));
  }

  @Test
  void choose_noPortsInTheFile_areOthers() {
    Ports chosen = NONE.choose(Optional.of(new Ports(0, 99_999)));
    assertThat(chosen.frontend()).isPositive();
    assertThat(chosen.ui()).isBetween(1, 65_535);
  }

  @Test
  void wantedPorts_noPort_saysTheBounds() {
    assertThatThrownBy(() -> new WantedPorts(Optional.empty(), Optional.of(65_536)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a port is 0 (any) to 65535, got 65536");
  }

  /** Somebody else on this machine may have the usual ones. */
  private static void sameIfUsual(Ports chosen, Ports usual) {
    if (usual.frontend() == 7233) {
      assertThat(chosen.frontend()).isEqualTo(7233);
    }
    if (usual.ui() == 8233) {
      assertThat(chosen.ui()).isEqualTo(8233);
    }
  }
}
