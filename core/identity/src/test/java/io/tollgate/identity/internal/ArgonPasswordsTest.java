package io.tollgate.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.IdentityConfig;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ArgonPasswordsTest {
  private final ArgonPasswords passwords =
      new ArgonPasswords(
          given(Map.of("identity.password.memory.kib", "8192", "identity.password.passes", "1")),
          new SecureRandom());

  @Test
  void a_hash_matches_its_password_only() {
    String hash = passwords.hash("correct horse");

    assertThat(hash).startsWith("$argon2id$v=19$m=8192,t=1,p=1$").doesNotContain("horse");
    assertThat(passwords.hash("correct horse")).isNotEqualTo(hash);
    assertThat(passwords.matches("correct horse", Optional.of(hash))).isTrue();
    assertThat(passwords.matches("correct horsf", Optional.of(hash))).isFalse();
    assertThat(passwords.matches("", Optional.of(hash))).isFalse();
    assertThat(passwords.matches("correct horse", Optional.empty())).isFalse();
  }

  /** The vector of the reference implementation's test.c, with other parameters than ours. */
  @Test
  void hashes_of_the_reference_implementation_match() {
    assertThat(
            passwords.matches(
                "password",
                Optional.of(
                    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")))
        .isTrue();
  }

  @Test
  void a_password_is_8_to_128_characters() {
    refused("1234567", "password: 7 characters (expected: 8 to 128)");
    refused("x".repeat(129), "password: 129 characters (expected: 8 to 128)");
    assertThat(passwords.hash("x".repeat(128))).isNotEmpty();
  }

  @Test
  void a_flood_is_refused_beyond_a_bound_and_the_rest_is_served() throws InterruptedException {
    String hash = passwords.hash("correct horse");
    int served = 0;
    int refused = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> flood = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        flood.add(() -> passwords.matches("correct horse", Optional.of(hash)));
      }
      for (Future<Boolean> login : threads.invokeAll(flood)) {
        try {
          assertThat(login.get()).isTrue();
          served++;
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOfSatisfying(
                  Refusal.class,
                  r -> {
                    assertThat(r.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(r.retryAfter()).isPresent();
                  });
          refused++;
        }
      }
    }
    // as many as may wait; more only where one was done before the last one came
    assertThat(served).isGreaterThanOrEqualTo(64);
    assertThat(refused).isPositive();
  }

  private void refused(String password, String sentence) {
    assertThatThrownBy(() -> passwords.hash(password))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(r.sentence()).isEqualTo(sentence);
            });
  }

  private static IdentityConfig given(Map<String, String> flags) {
    return IdentityConfig.from(
        Settings.merge(IdentityConfig.settings(), Map.of(), flags, Map.of(), Map.of(), "file"));
  }
}
