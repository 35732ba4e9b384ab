package io.tollgate.trading.engine.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.trading.engine.episode.Episode.Direction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EpisodeTest {
  @Test
  void a_long_episode_is_as_worked_out_by_hand() {
    Episode open =
        flat(Direction.LONG)
            .entered(dec("1"), dec("100"))
            .entered(dec("2"), dec("103"))
            .charged(dec("0.3"));
    assertThat(open.cost()).isEqualTo("306");
    assertThat(open.averageCost()).contains(dec("102.00000000"));
    assertThat(open.unrealizedPnl(dec("101"))).isEqualTo("-3");
    Episode reduced = open.reduced(dec("1"), dec("110"));
    assertThat(reduced.gross()).isEqualTo("8.00000000");
    assertThat(reduced.realizedPnl()).isEqualByComparingTo("7.7");
    Episode closed = reduced.funded(dec("-0.1")).reduced(dec("2"), dec("99")).charged(dec("0.2"));
    assertThat(closed.isFlat()).isTrue();
    assertThat(closed.averageCost()).isEmpty();
    assertThat(closed.cost()).isEqualByComparingTo("0");
    // 110 + 198 − 306 − 0.3 − 0.2 − 0.1
    assertThat(closed.realizedPnl()).isEqualByComparingTo("1.4");
  }

  @Test
  void a_short_episode_gains_when_prices_fall() {
    Episode closed =
        flat(Direction.SHORT).entered(dec("2"), dec("100")).reduced(dec("2"), dec("90"));
    assertThat(closed.realizedPnl()).isEqualByComparingTo("20");
    assertThat(flat(Direction.SHORT).entered(dec("2"), dec("100")).unrealizedPnl(dec("101")))
        .isEqualByComparingTo("-2");
  }

  @Test
  void thirds_of_a_cost_are_taken_half_even_and_the_last_takes_the_rest() {
    Episode open = flat(Direction.LONG).entered(dec("3"), dec("33.33333333")).charged(dec("0"));
    assertThat(open.cost()).isEqualTo("99.99999999");
    Episode uneven = flat(Direction.LONG).entered(dec("7"), dec("10"));
    Episode first = uneven.reduced(dec("3"), dec("10"));
    assertThat(first.cost()).isEqualByComparingTo("40");
    Episode thirds = flat(Direction.LONG).entered(dec("3"), dec("1")).chargedInBase(dec("2.3"));
    // 0.7 for 3: 0.1 of it takes 0.42857143, six times, and the rest 0.42857142
    BigDecimal took = BigDecimal.ZERO;
    for (int i = 0; i < 7; i++) {
      BigDecimal before = thirds.cost();
      thirds = thirds.reduced(dec("0.1"), dec("1"));
      took = took.add(before.subtract(thirds.cost()));
    }
    assertThat(took).isEqualByComparingTo("3");
    assertThat(thirds.isFlat()).isTrue();
    assertThat(thirds.realizedPnl()).isEqualByComparingTo("-2.3");
  }

  @Test
  void whatever_the_fills_what_is_realised_is_what_was_received_less_paid() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Direction direction = random.nextBoolean() ? Direction.LONG : Direction.SHORT;
      Episode episode = flat(direction);
      BigDecimal received = BigDecimal.ZERO;
      for (int i = 0; i < 40; i++) {
        BigDecimal price = BigDecimal.valueOf(1 + random.nextInt(9_999_999), random.nextInt(8));
        boolean enters = episode.isFlat() || random.nextInt(3) == 0;
        BigDecimal quantity =
            enters
                ? BigDecimal.valueOf(1 + random.nextInt(99_999), random.nextInt(6))
                : part(episode.quantity(), random);
        BigDecimal value = quantity.multiply(price);
        episode = enters ? episode.entered(quantity, price) : episode.reduced(quantity, price);
        boolean pays = enters == (direction == Direction.LONG);
        received = pays ? received.subtract(value) : received.add(value);
        BigDecimal fee = BigDecimal.valueOf(random.nextInt(1_000) - 100, 8);
        BigDecimal funding = BigDecimal.valueOf(random.nextInt(1_000) - 500, 8);
        episode = episode.charged(fee).funded(funding);
        received = received.subtract(fee).add(funding);
      }
      if (!episode.isFlat()) {
        BigDecimal value = episode.quantity().multiply(dec("7"));
        received = direction == Direction.LONG ? received.add(value) : received.subtract(value);
        episode = episode.reduced(episode.quantity(), dec("7"));
      }
      assertThat(episode.realizedPnl()).as("seed " + seed).isEqualByComparingTo(received);
      assertThat(episode.cost()).as("seed " + seed).isEqualByComparingTo("0");
    }
  }

  @Test
  void what_is_not_open_is_not_reduced() {
    Episode open = flat(Direction.LONG).entered(dec("1"), dec("100"));
    assertThatThrownBy(() -> open.reduced(dec("1.1"), dec("1")))
        .hasMessage("quantity: 1.1 (expected: at most 1, which is open)");
    assertThatThrownBy(() -> open.chargedInBase(dec("1.1")))
        .hasMessage("quantity: -0.1 (expected: 0 or more)");
    assertThatThrownBy(() -> open.entered(dec("0"), dec("1")))
        .hasMessage("quantity: 0 (expected: more than 0)");
    assertThatThrownBy(() -> open.entered(dec("1"), dec("-1")))
        .hasMessage("price: -1 (expected: more than 0)");
  }

  private static BigDecimal part(BigDecimal quantity, Random random) {
    BigDecimal some =
        quantity
            .multiply(BigDecimal.valueOf(1 + random.nextInt(9), 1))
            .setScale(6, RoundingMode.DOWN);
    return some.signum() > 0 && random.nextInt(6) > 0 ? some : quantity;
  }

  private static Episode flat(Direction direction) {
    return Episode.flat(direction);
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
