package io.tollgate.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
  private static final String TEXT = "secret-of-a-merchant";
  private final SecureRandom random = new SecureRandom();

  @TempDir Path folder;

  @Test
  void the_first_start_makes_a_file_that_only_its_owner_reads() throws IOException {
    Path file = folder.resolve("data").resolve("master.key");

    MasterKey first = MasterKey.load(IdentityFixture.config(), file, random);
    MasterKey second = MasterKey.load(IdentityFixture.config(), file, random);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(second.derive("AES", "a")).isEqualTo(first.derive("AES", "a"));
    assertThat(first.derive("AES", "a")).isNotEqualTo(first.derive("AES", "b"));
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_file_that_others_may_read_is_refused() throws IOException {
    Path file = folder.resolve("master.key");
    Files.writeString(file, IdentityFixture.MASTER_KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> MasterKey.load(IdentityFixture.config(), file, random))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_file_without_a_key_is_refused_and_not_shown() throws IOException {
    Path file = folder.resolve("master.key");
    Files.writeString(file, "not a key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThatThrownBy(() -> MasterKey.load(IdentityFixture.config(), file, random))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("32 bytes in base64")
        .hasMessageNotContaining("not a key");
  }

  @Test
  void what_is_sealed_opens_for_the_same_row_purpose_and_key_only() {
    SecretBox box = key().secretBox("accounts", random);
    byte[] sealed = box.seal(TEXT.getBytes(UTF_8), "account 1");

    assertThat(new String(box.open(sealed, "account 1"), UTF_8)).isEqualTo(TEXT);
    assertThat(new String(sealed, UTF_8)).doesNotContain(TEXT);
    assertThat(box.seal(TEXT.getBytes(UTF_8), "account 1")).isNotEqualTo(sealed);
    refused(box, sealed, "account 2");
    refused(key().secretBox("merchants", random), sealed, "account 1");
    refused(
        MasterKey.parse("HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .secretBox("accounts", random),
        sealed,
        "account 1");
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      refused(box, changed, "account 1");
    }
    refused(box, new byte[0], "account 1");
  }

  private static void refused(SecretBox box, byte[] sealed, String associated) {
    assertThatThrownBy(() -> box.open(sealed, associated))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot open " + associated);
  }

  private static MasterKey key() {
    return MasterKey.parse(IdentityFixture.MASTER_KEY);
  }
}
