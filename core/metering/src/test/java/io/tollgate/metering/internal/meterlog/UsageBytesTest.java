package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsageUnit;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UsageBytesTest {
  @ParameterizedTest
  @EnumSource
  void as_much_of_any_kind_as_there_may_be_is_read_back(UsageKind kind) {
    long max = kind.unit() == UsageUnit.TOKEN ? TokenUsage.MAX_TOKENS : TokenUsage.MAX_OTHER_UNITS;
    for (long count = 1; count < max; count = count * 3 + 1) {
      requireReadBack(TokenUsage.builder().add(kind, count).build());
    }
    requireReadBack(TokenUsage.builder().add(kind, max).build());
  }

  @Test
  void all_kinds_at_once_have_room() {
    assertThat(UsageKind.all()).hasSizeLessThanOrEqualTo(UsageBytes.MAX_KINDS);
    assertThat(UsageBytes.MAX_NUMBER).isLessThanOrEqualTo(UsageKind.MAX_NUMBER);
    requireReadBack(SomeRecords.everyKind());
    requireReadBack(TokenUsage.NONE);
  }

  @Test
  void a_usage_of_text_takes_a_few_bytes() {
    assertThat(HexFormat.of().formatHex(bytes(TokenUsage.NONE))).isEqualTo("00");
    assertThat(HexFormat.of().formatHex(bytes(TokenUsage.of(127, 128)))).isEqualTo("02017f028001");
  }

  @ParameterizedTest
  @CsvSource({
    "'', nothing",
    "01, a kind that is missing",
    "0101, a count that is missing",
    "010180, a count that breaks off",
    "010100, a kind of which there is nothing",
    "01018100, zeros on top",
    "010180808080808001, a count too long",
    "0101ffffffff7f, more than a request can have",
    "020101 0101, a kind twice",
    "010001, no kind",
    "017f01, a kind of a later build",
    "01ff01, a number below zero",
    "19, too many kinds",
    "ff, kinds below zero"
  })
  void what_was_never_written_is_not_read(String hex, String what) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> UsageBytes.read(ByteBuffer.wrap(bytes)))
        .as(what)
        .isInstanceOf(RuntimeException.class);
  }

  private static void requireReadBack(TokenUsage usage) {
    byte[] bytes = bytes(usage);
    assertThat(bytes.length).isLessThanOrEqualTo(UsageBytes.MAX);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    assertThat(UsageBytes.read(in)).isEqualTo(usage);
    assertThat(in.hasRemaining()).isFalse();
  }

  private static byte[] bytes(TokenUsage usage) {
    ByteBuffer out = ByteBuffer.allocate(UsageBytes.MAX);
    UsageBytes.write(usage, out);
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }
}
