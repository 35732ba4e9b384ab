package io.tollgate.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RpcConfigTest {
  @Test
  void defaults_are_those_written_down() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new RpcConfig(
                "127.0.0.1",
                Optional.empty(),
                new RpcConnectionLimits(
                    1000,
                    128,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    Duration.ofHours(1),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(10)),
                1_048_576,
                16_384,
                256,
                1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                RpcConfig.CallLog.FAILED,
                Duration.ofSeconds(30)));
  }

  @Test
  void plaintext_for_other_machines_must_be_asked_for() {
    assertThatThrownBy(() -> read(Map.of("grpc.bind.address", "0.0.0.0")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("grpc.bind.address: 0.0.0.0 (expected without TLS: a loopback");
    assertThat(read(Map.of("grpc.bind.address", "0.0.0.0", "grpc.plaintext", "true")).tls())
        .isEmpty();
    assertThat(
            read(Map.of(
                    "grpc.bind.address", "0.0.0.0",
                    "grpc.tls.certificate", "c.pem",
                    "grpc.tls.key", "k.pem"))
                .tls())
        .isPresent();
    assertThat(read(Map.of("grpc.bind.address", "::1")).bindAddress()).isEqualTo("::1");
  }

  @Test
  void a_certificate_without_a_key_is_an_error() {
    assertThatThrownBy(() -> read(Map.of("grpc.tls.certificate", "c.pem")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("grpc.tls.key is not set");
  }

  private static RpcConfig read(Map<String, String> settings) {
    return RpcConfig.from(
        Settings.merge(RpcConfig.settings(), Map.of(), settings, Map.of(), Map.of(), "file"));
  }
}
