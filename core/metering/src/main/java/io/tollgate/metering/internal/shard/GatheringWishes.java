package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Wishes for gathered grants that wait for the database. Those for one user and asset are served
 * one after the other, each until it has reserved of what it found: what one has gathered is not
 * taken away by the next. What others hold is waited for once; a database that is silent is given
 * up. Confined to the loop.
 */
final class GatheringWishes {
  private static final long SILENCE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long CALLED_BACK_NANOS = Duration.ofMillis(150).toNanos();

  private final ShardBank bank;
  private final Map<Means, ArrayDeque<Waiting>> queues = new HashMap<>();

  /** The heads of the queues that were sent, by number. */
  private final Map<Long, Waiting> sent = new LinkedHashMap<>();

  private long numbers;

  GatheringWishes(ShardBank bank) {
    this.bank = bank;
  }

  private record Means(UserWallet.Owner owner, Asset asset) {}

  private static final class Waiting {
    final GrantGathering.Wish wish;
    final Consumer<Found> then;
    long deadline;
    boolean again;
    boolean postponed;
    long notBefore;

    Waiting(GrantGathering.Wish wish, Consumer<Found> then) {
      this.wish = wish;
      this.then = then;
    }

    Means means() {
      return new Means(wish.owner(), wish.asset());
    }
  }

  /**
   * What a wish came to.
   *
   * @param silent whether the database did not answer
   * @param done to be called once the account has been reserved of, or will not be
   */
  record Found(Optional<AccountId> account, boolean silent, Runnable done) {}

  void ask(
      UserWallet.Owner owner,
      Instant at,
      Asset asset,
      List<AccountId> without,
      long units,
      long now,
      Consumer<Found> then) {
    var wish = new GrantGathering.Wish(++numbers, owner, at, asset, without, units);
    Waiting one = new Waiting(wish, then);
    ArrayDeque<Waiting> queue = queues.computeIfAbsent(one.means(), _ -> new ArrayDeque<>(1));
    queue.add(one);
    if (queue.size() == 1) {
      send(one, now);
    }
  }

  private void send(Waiting one, long now) {
    one.deadline = now + SILENCE_NANOS;
    sent.put(one.wish.number(), one);
    bank.gather(one.wish);
  }

  void answered(GrantGathering.Answer answer, long now) {
    Waiting one = sent.get(answer.number());
    if (one == null || one.postponed) {
      return;
    }
    if (answer.account().isEmpty() && answer.calledBack() && !one.again) {
      one.again = true;
      one.postponed = true;
      one.notBefore = now + CALLED_BACK_NANOS;
      return;
    }
    sent.remove(answer.number());
    one.then.accept(new Found(answer.account(), false, () -> next(one.means(), now)));
  }

  /** The first of the queue is through. */
  private void next(Means means, long now) {
    ArrayDeque<Waiting> queue = queues.get(means);
    if (queue == null) {
      return;
    }
    queue.poll();
    Waiting head = queue.peek();
    if (head == null) {
      queues.remove(means);
    } else {
      send(head, now);
    }
  }

  void tick(long now) {
    if (sent.isEmpty()) {
      return;
    }
    List<Waiting> late = new ArrayList<>();
    for (Waiting one : List.copyOf(sent.values())) {
      if (now >= one.deadline) {
        sent.remove(one.wish.number());
        late.addAll(Optional.ofNullable(queues.remove(one.means())).orElseThrow());
      } else if (one.postponed && now >= one.notBefore) {
        one.postponed = false;
        bank.gather(one.wish);
      }
    }
    late.forEach(one -> one.then.accept(new Found(Optional.empty(), true, () -> {})));
  }
}
