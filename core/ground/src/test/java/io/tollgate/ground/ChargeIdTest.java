package io.tollgate.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ChargeIdTest {
  @Test
  void an_id_is_a_version_7_uuid_of_its_time() {
    long epochMillis = 1_795_276_146_000L;
    ChargeId id = ChargeId.create(epochMillis, new Random(1));
    assertThat(id.value().version()).isEqualTo(7);
    assertThat(id.value().variant()).isEqualTo(2);
    assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(epochMillis);
    assertThat(ChargeId.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void later_ids_sort_behind_earlier_ones() {
    Random random = new Random(2);
    String earlier = ChargeId.create(1_795_276_146_000L, random).toString();
    String later = ChargeId.create(1_795_276_146_001L, random).toString();
    assertThat(earlier).isLessThan(later);
  }

  @Test
  void what_is_no_uuid_is_refused() {
    assertThatThrownBy(() -> ChargeId.parse("order-7"))
        .isInstanceOf(Refusal.class)
        .hasMessage("request id: order-7 (expected: a UUID)");
  }
}
