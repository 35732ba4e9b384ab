package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.internal.simulation.Violation;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request under way: the caller, the relay's part, and the upstream that serves it. */
final class Flight {
  final PassageRequest request;

  /** Nobody but the caller ends it. */
  boolean alone;

  private final World world;
  private final Lane lane;
  private Optional<Passage> passage = Optional.empty();
  private Optional<ErrorCode> refusal = Optional.empty();
  private Optional<Charge> charge = Optional.empty();
  private TokenUsage usage = TokenUsage.NONE;
  private boolean extending;
  private boolean settling;

  Flight(World world, Lane lane, PassageRequest request) {
    this.world = world;
    this.lane = lane;
    this.request = request;
  }

  void open() {
    var _ = lane.shard().open(request).whenComplete(this::opened);
    if (!world.rules.contains(PassageRule.INTENT_FIRST)) {
      world.witness.sent(request.charge(), lane.id());
    }
  }

  private void opened(@Nullable Passage opened, @Nullable Throwable failure) {
    if (opened != null) {
      passage = Optional.of(opened);
      world.witness.sent(request.charge(), lane.id());
      return;
    }
    refusal = Optional.of(failure instanceof Refusal refused ? refused.code() : ErrorCode.INTERNAL);
    lane.flights.remove(this);
    if (lane.isEnding()) {
      // its intent may be in the log all the same
      world.witness.cutOff(request.charge());
    }
  }

  boolean nothingProduced() {
    return usage.total() == 0;
  }

  boolean isOpen() {
    return passage.isPresent() && !settling && !extending;
  }

  /** The upstream has ended, and its result is not recorded yet. */
  boolean isSettling() {
    return settling;
  }

  boolean isAnswered() {
    return passage.isPresent() || refusal.isPresent();
  }

  Optional<ErrorCode> refusal() {
    return refusal;
  }

  Optional<Charge> charge() {
    return charge;
  }

  /** The upstream produces more; beyond what is reserved it goes only when that is extended. */
  void stream(int tokens) {
    Passage open = passage.orElseThrow();
    TokenUsage more = TokenUsage.of(request.estimate().input(), usage.output() + tokens);
    if (more.total() <= open.reserved().total()) {
      produced(open, more);
      return;
    }
    extending = true;
    var _ =
        open.extend(TokenUsage.of(more.input(), more.output() + tokens))
            .whenComplete(
                (extended, _) -> {
                  extending = false;
                  if (Boolean.TRUE.equals(extended)) {
                    produced(open, more);
                  }
                });
  }

  private void produced(Passage open, TokenUsage now) {
    if (!settling) {
      usage = now;
      world.witness.served(request.charge(), now);
      open.progress(now);
    }
  }

  /** What it has come to so far, with that many tokens more. */
  TokenUsage soFarAnd(int tokens) {
    return TokenUsage.of(request.estimate().input(), usage.output() + tokens);
  }

  /** What is reserved for it, but never less than it has come to. */
  TokenUsage asReserved() {
    long output = passage.orElseThrow().reserved().total() - request.estimate().input();
    return TokenUsage.of(request.estimate().input(), Math.max(usage.output(), output));
  }

  /** The upstream has ended: charge it. */
  void settle(TokenUsage total, int status) {
    settling = true;
    usage = total;
    world.witness.ended(request.charge(), total);
    if (!world.rules.contains(PassageRule.RESULT_FIRST)) {
      world.witness.completed(request.charge());
    }
    PassageResult result =
        new PassageResult(
            total,
            true,
            status,
            Optional.empty(),
            OptionalLong.empty(),
            "m",
            1,
            1,
            OptionalLong.empty());
    if (total.total() > passage.orElseThrow().reserved().total()) {
      world.debtCauses.add(World.Cause.USE_BEYOND_MEANS);
    }
    var _ = passage.orElseThrow().record(result).whenComplete(this::settled);
  }

  private void settled(@Nullable Charge made, @Nullable Throwable failure) {
    if (made == null) {
      return;
    }
    charge = Optional.of(made);
    lane.flights.remove(this);
    world.witness.completed(request.charge());
    long units = made.paid() + made.owed();
    if (units != SevenEach.PRICE * (usage.total() - made.quotaTokens())) {
      world.fail(new Violation("charge " + made + " for " + usage));
    }
  }
}
