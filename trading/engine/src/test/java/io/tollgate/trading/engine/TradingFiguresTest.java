package io.tollgate.trading.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.trading.engine.Bindings.BindingChange;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.trading.engine.TradingFigures.Counts;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TradingFiguresTest {
  private final RegisterSite at = new RegisterSite();

  @AfterEach
  void close() {
    at.close();
  }

  private Counts counts(Optional<TenantId> tenant) {
    return at.site.write(tx -> at.engine.figures().counts(tx, tenant));
  }

  private void node(String code) {
    ExecutionNode _ =
        at.site.write(
            tx ->
                at.engine
                    .nodes()
                    .create(tx, new ExecutionNode.Sheet(code, code, "https://node.example", true)));
  }

  private void heard(String code) {
    Optional<ExecutionNode> node = at.site.write(tx -> at.engine.nodes().heard(tx, code));
    assertThat(node).isPresent();
  }

  @Test
  void nothing_is_counted_where_there_is_nothing() {
    assertThat(counts(Optional.empty())).isEqualTo(new Counts(0, 0, 0, 0));
  }

  @Test
  void nodes_are_online_until_180_seconds_after_their_heartbeat_as_each_says_itself() {
    node("one");
    node("two");
    node("never");
    heard("one");
    at.clock.advance(Duration.ofSeconds(60));
    heard("two");
    assertThat(counts(Optional.empty())).isEqualTo(new Counts(0, 3, 2, 0));
    at.clock.advance(Duration.ofSeconds(120).minusMillis(1));
    assertThat(counts(Optional.empty()).onlineNodes()).isEqualTo(2);
    at.clock.advance(Duration.ofMillis(1));
    assertThat(counts(Optional.empty()).onlineNodes()).isEqualTo(1);
    assertThat(
            at.site
                .write(
                    tx ->
                        at.engine
                            .nodes()
                            .list(
                                tx,
                                new ExecutionNodes.NodeFilter(Optional.empty()),
                                RegisterSite.part(5, Optional.empty())))
                .rows())
        .filteredOn(node -> node.isOnline(at.clock.instant()))
        .extracting(node -> node.sheet().code())
        .containsExactly("two");
  }

  @Test
  void bindings_count_while_they_run_and_each_tenants_apart_and_nodes_with_any() {
    TenantId tenant = at.site.tenant("Acme", 0).id();
    TenantId other = at.site.tenant("Other", 0).id();
    UserId user = at.site.user(tenant, "one").id();
    long strategy = at.strategy("one");
    TenantStrategy _ = at.open(tenant, strategy);
    at.give(tenant, user, "10");
    long account = at.bind(tenant, user, "KEY").id();
    Binding binding = at.follow(new Place(tenant, user, account, strategy));
    node("one");
    assertThat(counts(Optional.empty())).isEqualTo(new Counts(0, 1, 0, 1));
    assertThat(counts(Optional.of(tenant))).isEqualTo(new Counts(0, 1, 0, 1));
    assertThat(counts(Optional.of(other))).isEqualTo(new Counts(0, 1, 0, 0));
    BindingChange stop =
        new BindingChange(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.of(false));
    Binding _ = at.site.write(tx -> at.engine.bindings().change(tx, binding.id(), stop));
    assertThat(counts(Optional.of(tenant)).runningBindings()).isZero();
  }
}
