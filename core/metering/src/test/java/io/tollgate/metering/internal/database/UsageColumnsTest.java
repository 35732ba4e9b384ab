package io.tollgate.metering.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.metering.internal.database.books.UsageColumns;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageColumnsTest {
  @Test
  void any_usage_is_read_back_from_its_columns() {
    SplittableRandom random = new SplittableRandom(29);
    for (int run = 0; run < 5_000; run++) {
      TokenUsage.Builder builder = TokenUsage.builder();
      for (UsageKind kind : UsageKind.all()) {
        if (random.nextInt(4) == 0) {
          builder.add(kind, random.nextLong(1_000_000));
        }
      }
      TokenUsage usage = builder.build();
      assertThat(
              UsageColumns.read(
                  usage.input(),
                  usage.cached(),
                  usage.cacheWrite(),
                  usage.output(),
                  usage.reasoning(),
                  UsageColumns.further(usage).orElse(null)))
          .isEqualTo(usage);
      assertThat(UsageColumns.read(UsageColumns.whole(usage))).isEqualTo(usage);
    }
  }

  @Test
  void only_what_the_totals_do_not_tell_stands_beside_them() {
    assertThat(UsageColumns.further(new TokenUsage(100, 30, 10, 20, 5))).isEmpty();
    assertThat(UsageColumns.further(TokenUsage.NONE)).isEmpty();
    TokenUsage usage =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, 1)
            .add(UsageKind.CACHE_WRITE_1H, 2)
            .add(UsageKind.SECONDS, 3)
            .build();
    assertThat(UsageColumns.further(usage)).contains("{\"cache_write_1h\":2,\"seconds\":3}");
    assertThat(UsageColumns.whole(usage))
        .isEqualTo("{\"input\":1,\"cache_write_1h\":2,\"seconds\":3}");
    assertThat(UsageColumns.read("{\"seconds\": 3, \"cache_write_1h\": 2, \"input\": 1}"))
        .as("as the database writes it")
        .isEqualTo(usage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"smell\": 1}",
        "{\"seconds\": -1}",
        "{\"seconds\": 1.5}",
        "{\"seconds\": \"1\"}",
        "{\"seconds\": 1} x",
        "{\"seconds\" 1}",
        "{\"seconds\": 1 \"images\": 2}"
      })
  void what_no_build_wrote_is_told_and_not_guessed(String kinds) {
    assertThatThrownBy(() -> UsageColumns.read(kinds)).isInstanceOf(IllegalStateException.class);
  }
}
