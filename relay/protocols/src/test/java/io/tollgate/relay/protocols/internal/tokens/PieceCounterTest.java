package io.tollgate.relay.protocols.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PieceCounterTest {
  private static final String PROSE =
      "Don't split what belongs together: they'll say it's 1,234.50 EUR, \"really?\" (yes!) — and"
          + " WE'RE done.\n\n"
          + "\tThen he said...  HELLOWorld, camelCaseName and snake_case_name.\r\n";
  private static final String CODE =
      "public static void main(String[] args) {\n    for (int i = 0; i < 10; i++) {\n"
          + "        System.out.println(\"i=\" + i); // https://example.org/a/b\n    }\n}\n\n\n";
  private static final String JSON =
      "{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{\"type\":"
          + "\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}";
  private static final String CHINESE = "你好，请用中文解释模块化单体架构的优点和缺点，以及如何测试。";
  private static final String PARTS = "aZ bR9'sTre \n\t.,-/{}\"()_:;!? the and 'll 12 ";

  private static Encoding o200kItself;
  private static Encoding cl100kItself;
  private static PieceCounter o200k;
  private static PieceCounter cl100k;

  @BeforeAll
  static void load() {
    o200kItself = Vocabulary.load(EncodingType.O200K_BASE);
    cl100kItself = Vocabulary.load(EncodingType.CL100K_BASE);
    o200k = new PieceCounter(o200kItself, PieceSplit.O200K);
    cl100k = new PieceCounter(cl100kItself, PieceSplit.CL100K);
  }

  @Test
  void ascii_is_counted_as_the_tokenizer_counts_it() {
    for (String text : new String[] {"", "Hello", " ", PROSE.replace('—', '-'), CODE, JSON}) {
      assertThat(count(o200k, text)).as(text).isEqualTo(o200kItself.countTokensOrdinary(text));
      assertThat(count(cl100k, text)).as(text).isEqualTo(cl100kItself.countTokensOrdinary(text));
    }
  }

  @Test
  void random_ascii_is_counted_as_the_tokenizer_counts_it() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      StringBuilder made = new StringBuilder();
      int length = random.nextInt(1, 100);
      for (int j = 0; j < length; j++) {
        made.append(PARTS.charAt(random.nextInt(PARTS.length())));
      }
      String text = made.toString();
      assertThat(count(o200k, text))
          .as("seed %d, o200k, %s", seed, text)
          .isEqualTo(o200kItself.countTokensOrdinary(text));
      assertThat(count(cl100k, text))
          .as("seed %d, cl100k, %s", seed, text)
          .isEqualTo(cl100kItself.countTokensOrdinary(text));
    }
  }

  @Test
  void words_of_every_length_before_every_character_are_split_as_everywhere() {
    for (int length = 1; length <= 40; length++) {
      for (char after = 1; after < 127; after++) {
        String text = " " + "abcdefgh".repeat(5).substring(0, length) + after + "x".repeat(12);
        assertThat(count(o200k, text)).as(text).isEqualTo(o200kItself.countTokensOrdinary(text));
        assertThat(count(cl100k, text)).as(text).isEqualTo(cl100kItself.countTokensOrdinary(text));
      }
    }
  }

  @Test
  void other_scripts_are_counted_within_some_percent() {
    for (String text :
        new String[] {CHINESE.repeat(20), PROSE.repeat(5), "Привет, мир! ".repeat(30)}) {
      long exact = o200kItself.countTokensOrdinary(text);
      assertThat(count(o200k, text)).isCloseTo(exact, within(1 + exact / 20));
    }
  }

  @Test
  void counting_again_gives_the_same() {
    long once = count(o200k, PROSE + CODE);
    assertThat(count(o200k, PROSE + CODE)).isEqualTo(once);
  }

  @Test
  void beyond_its_budget_bytes_count_as_a_third() {
    byte[] text = "word ".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    CountBudget budget = new CountBudget();
    long tokens = o200k.count(text, 0, text.length, budget);
    long exact = CountBudget.MAX_BYTES / 5;
    long rest = (text.length - CountBudget.MAX_BYTES) / 3;
    assertThat(tokens).isCloseTo(exact + rest, within(10L));
    assertThat(o200k.count(text, 0, 30, budget)).isEqualTo(10);
  }

  @Test
  void noise_uses_the_budget_up_and_counts_as_a_third_from_there() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] noise = new byte[CountBudget.MAX_BYTES];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) ('a' + random.nextInt(26));
    }
    CountBudget budget = new CountBudget();
    long tokens = o200k.count(noise, 0, noise.length, budget);
    assertThat(budget.unknownPieces).isZero();
    assertThat(tokens).isBetween(noise.length / 3L, (long) noise.length);
  }

  private static long count(PieceCounter counter, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return counter.count(bytes, 0, bytes.length, new CountBudget());
  }
}
