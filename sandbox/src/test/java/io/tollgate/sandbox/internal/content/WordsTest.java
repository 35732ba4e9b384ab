package io.tollgate.sandbox.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
  @ParameterizedTest
  @EnumSource(
      value = EncodingType.class,
      names = {"O200K_BASE", "CL100K_BASE"})
  void every_piece_is_one_token_alone_and_in_its_place(EncodingType type) {
    var encoding = Encodings.newLazyEncodingRegistry().getEncoding(type);
    for (long seed = 0; seed < 60; seed++) {
      long from = Seeds.mix(seed);
      int length = 1 + (int) seed * 5;
      String text =
          IntStream.range(0, length).mapToObj(i -> Words.at(from, i)).collect(Collectors.joining());
      assertThat(encoding.countTokensOrdinary(text)).as(text).isEqualTo(length);
      for (int i = 0; i < length; i++) {
        assertThat(encoding.countTokensOrdinary(Words.at(from, i))).isEqualTo(1);
      }
    }
  }
}
