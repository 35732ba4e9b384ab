package io.tollgate.relay.protocols.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.internal.json.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureTest {
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void what_a_field_of_another_protocol_carries_finds_back(Protocol carrier) {
    for (Protocol protocol : Protocol.values()) {
      Signature signature = new Signature(protocol, JsonString.of("Eq\"M+/8="));
      JsonString carried = signature.carriedBy(carrier);
      assertThat(Signature.carried(carrier, carried)).isEqualTo(signature);
      assertThat(carried.equals(signature.text())).isEqualTo(protocol == carrier);
    }
  }

  @Test
  void what_has_no_mark_is_of_the_protocol_that_carries_it() {
    for (String text : new String[] {"", "tg1.", "tg1.nobody.x", "gAAAAABo"}) {
      JsonString given = JsonString.of(text);
      assertThat(Signature.carried(Protocol.RESPONSES, given))
          .isEqualTo(new Signature(Protocol.RESPONSES, given));
    }
  }
}
