package io.tollgate.tests.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import org.junit.jupiter.api.Test;

/** Inside the gateway arrows point one way: from a request's whole way down to its single steps. */
class GatewayRoomsTest {
  private static final String ROOT = "internal";
  private static final String HTTP = "internal.http";
  private static final String PROVIDER = "internal.provider";
  private static final String LOOP = "internal.loop";
  private static final String MEDIA = "internal.media";
  private static final String FORM = "internal.form";
  private static final String UPSTREAM = "internal.upstream";
  private static final String CALLER = "internal.caller";
  private static final String PASSAGE = "internal.passage";
  private static final String RELAY = "internal.relay";
  private static final String FILTER = "internal.filter";
  private static final String CACHE = "internal.cache";
  private static final String KEPT = "internal.kept";
  private static final String EXCHANGE = "internal.exchange";
  private static final String REALTIME = "internal.realtime";

  /** What knows no request first, then its two sides, then who puts them together. */
  private static final InnerRooms GATEWAY =
      new InnerRooms("relay.gateway")
          .room(HTTP)
          .room(PROVIDER)
          .room(FILTER, HTTP)
          .room(LOOP, PROVIDER, FILTER, HTTP)
          .room(MEDIA, LOOP, HTTP)
          .room(FORM, LOOP, HTTP)
          .room(UPSTREAM, FORM, MEDIA, LOOP, PROVIDER, HTTP)
          .room(CALLER, LOOP, PROVIDER, HTTP)
          .room(PASSAGE, CALLER, LOOP)
          .room(RELAY, PASSAGE, CALLER, UPSTREAM, LOOP, PROVIDER, HTTP)
          .room(CACHE, PASSAGE, CALLER, LOOP)
          .room(KEPT, PASSAGE, CALLER, UPSTREAM, LOOP, PROVIDER, HTTP)
          .room(EXCHANGE, KEPT, RELAY, PASSAGE, CALLER, UPSTREAM, LOOP, PROVIDER, HTTP)
          .room(REALTIME, PASSAGE, CALLER, LOOP, PROVIDER, HTTP)
          .room(
              ROOT, REALTIME, EXCHANGE, KEPT, CACHE, FILTER, PASSAGE, CALLER, UPSTREAM, FORM, LOOP)
          .room(InnerRooms.FACE, ROOT, REALTIME, KEPT, LOOP, HTTP);

  @Test
  void every_arrow_inside_the_gateway_is_listed() {
    JavaClasses gateway =
        new ClassFileImporter()
            .withImportOption(GatewayRoomsTest::notOurTests)
            .importPackages("io.tollgate.relay.gateway");
    assertThat(gateway.size()).isGreaterThan(60);
    GATEWAY.check(gateway);
  }

  @Test
  void an_arrow_from_the_loop_to_a_relay_fails() {
    assertThatThrownBy(
            () ->
                GATEWAY.check(
                    new ClassFileImporter()
                        .importPackages("io.tollgate.relay.gateway.internal.loop.planted")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("LoopKnowsRelay");
  }

  private static boolean notOurTests(Location location) {
    return !location.contains("/test-classes/");
  }
}
