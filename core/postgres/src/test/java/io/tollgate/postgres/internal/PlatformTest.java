package io.tollgate.postgres.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.postgres.PostgresException;
import org.junit.jupiter.api.Test;

class PlatformTest {
  @Test
  void machines_are_known_by_the_names_the_jvm_gives_them() {
    assertThat(Platform.of("Linux", "amd64")).isEqualTo(Platform.LINUX_AMD64);
    assertThat(Platform.of("Linux", "aarch64")).isEqualTo(Platform.LINUX_ARM64);
    assertThat(Platform.of("Mac OS X", "aarch64")).isEqualTo(Platform.MAC_ARM64);
  }

  @Test
  void another_machine_is_told_what_to_do() {
    assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("Windows 11 on amd64")
        .hasMessageContaining("--postgres-url");
  }
}
