package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import org.junit.jupiter.api.Test;

final class ClientOrderIdTest {
  @Test
  void a_task_has_the_stated_id() {
    assertThat(ClientOrderId.ofTask("task-1").text()).isEqualTo("tgpl5kgrvux6jl7hocd2noqcmi");
  }

  @Test
  void every_id_fits_all_three_exchanges() {
    for (int i = 0; i < 1000; i++) {
      String id = ClientOrderId.ofTask("task " + i).text();
      assertThat(id).matches("^[a-zA-Z0-9-_]{1,36}$").matches("[A-Za-z0-9]{1,32}");
      assertThat("t-" + id).matches("t-[0-9A-Za-z_.-]{1,28}");
      assertThat(ClientOrderId.isOurs(id)).isTrue();
    }
  }

  @Test
  void another_text_is_no_id_of_ours() {
    assertThat(ClientOrderId.isOurs("web_123")).isFalse();
    assertThatThrownBy(() -> new ClientOrderId("tg1"))
        .isInstanceOf(Refusal.class)
        .hasMessage("client_order_id: tg1 (expected: tg and 24 of a-z and 2-7)");
  }
}
