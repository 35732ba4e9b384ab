package io.tollgate.tests.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a caller steers on the sandbox account is theirs alone. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class SandboxSteeringTest {
  private final Site site;

  SandboxSteeringTest(Site site) {
    this.site = site;
  }

  @Test
  void s14_a_steered_refusal_does_not_rest_the_account() {
    site.sandboxAccount();
    Payer payer = site.payer("1");
    Payer other = site.payer("1");
    for (String steering :
        new String[] {
          "status=429; retry_after=86400", "status=503", "status=401", "status=403", "abort_after=1"
        }) {
      for (int time = 0; time < 3; time++) {
        assertThat(payer.ask(Chat.mini(), "X-Sandbox", steering).status())
            .as(steering)
            .isGreaterThanOrEqualTo(400);
        assertThat(other.ask(Chat.mini()).status()).as("after " + steering).isEqualTo(200);
      }
    }
  }
}
