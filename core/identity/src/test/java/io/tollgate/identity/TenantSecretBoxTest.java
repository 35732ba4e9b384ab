package io.tollgate.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.TenantId;
import io.tollgate.identity.internal.EnvelopeSecretBox;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TenantSecretBoxTest {
  private static final TenantId ACME = new TenantId(1);
  private static final byte[] SECRET = "the secret of an exchange key".getBytes(UTF_8);

  private final TenantSecretBox box = box("exchange credentials");

  @Test
  void what_is_sealed_opens_for_the_same_tenant_and_place_only() {
    byte[] sealed = box.seal(ACME, SECRET, "account 7, version 1");
    assertThat(box.open(ACME, sealed, "account 7, version 1")).isEqualTo(SECRET);
    assertThatThrownBy(() -> box.open(new TenantId(2), sealed, "account 7, version 1"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open(ACME, sealed, "account 8, version 1"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open(ACME, sealed, "account 7, version 2"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box("another purpose").open(ACME, sealed, "account 7, version 1"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void each_secret_has_a_key_of_its_own_and_no_byte_of_it_can_be_changed() {
    byte[] sealed = box.seal(ACME, SECRET, "account 7, version 1");
    byte[] again = box.seal(ACME, SECRET, "account 7, version 1");
    assertThat(Arrays.copyOfRange(sealed, 3, 64)).isNotEqualTo(Arrays.copyOfRange(again, 3, 64));
    assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> box.open(ACME, changed, "account 7, version 1"))
          .isInstanceOf(IllegalStateException.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> box.open(ACME, cut, "account 7, version 1"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static TenantSecretBox box(String purpose) {
    return new EnvelopeSecretBox(
        MasterKey.parse(IdentityFixture.MASTER_KEY), purpose, new SecureRandom());
  }
}
