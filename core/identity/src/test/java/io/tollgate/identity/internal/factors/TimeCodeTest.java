package io.tollgate.identity.internal.factors;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeCodeTest {
  private static final byte[] SEED = "12345678901234567890".getBytes(US_ASCII);

  /** RFC 6238, appendix B, of whose eight digits authenticators show the last six. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130",
  })
  void codes_are_those_of_the_standard(long seconds, String code) {
    assertThat(TimeCode.of(SEED, TimeCode.step(Instant.ofEpochSecond(seconds)))).isEqualTo(code);
  }

  /** RFC 4648, section 10. */
  @ParameterizedTest
  @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB"})
  void a_seed_is_written_in_base_32(String seed, String written) {
    assertThat(TimeCode.base32(seed.getBytes(US_ASCII))).isEqualTo(written);
  }

  @Test
  void the_codes_before_and_after_are_taken_and_no_code_twice() {
    Instant now = Instant.ofEpochSecond(1_111_111_111);
    long step = TimeCode.step(now);
    for (long near = step - 1; near <= step + 1; near++) {
      String code = TimeCode.of(SEED, near);
      assertThat(TimeCode.match(SEED, code, now, 0)).hasValue(near);
      assertThat(TimeCode.match(SEED, code, now, near)).isEmpty();
    }
    for (long far : new long[] {step - 2, step + 2, step + 1000}) {
      assertThat(TimeCode.match(SEED, TimeCode.of(SEED, far), now, 0)).isEmpty();
    }
    for (String wrong : new String[] {"", "050 471", "50471", "0504710", "x".repeat(100)}) {
      assertThat(TimeCode.match(SEED, wrong, now, 0)).isEmpty();
    }
  }
}
