package io.tollgate.metering.internal.simulation;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseDecision;
import io.tollgate.metering.internal.lease.LeaseLedger;
import io.tollgate.metering.internal.lease.LeaseRule;
import io.tollgate.metering.internal.lease.LeaseTerms;
import io.tollgate.metering.internal.lease.LegPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Gateways, network and bank in one thread; every step is checked against what must hold. */
final class World {
  /** As in production, but for a slice that goes back while a history runs. */
  private static final LeaseTerms TERMS =
      new LeaseTerms(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          2,
          1_000_000_000L);

  /** A user's quota and money, another's money, and a limit on the first user's key. */
  static final List<AccountId> ACCOUNTS =
      List.of(new AccountId(1), new AccountId(2), new AccountId(3), new AccountId(4));

  private static final AccountId QUOTA = ACCOUNTS.get(0);
  private static final AccountId MONEY = ACCOUNTS.get(1);
  private static final AccountId OTHER = ACCOUNTS.get(2);
  private static final AccountId LIMIT = ACCOUNTS.get(3);
  private static final int MAX_GATEWAYS = 3;

  final Set<LeaseRule> rules;
  final Network<Message> network = new Network<>();
  final List<Gateway> gateways = new ArrayList<>();
  private final Map<String, Integer> raisedBy = new HashMap<>();
  private final Set<HolderId> copied = new HashSet<>();
  LeaseLedger bank;
  Map<String, Long> settled = new HashMap<>();
  boolean debtPossible;
  private boolean restored;
  long now = 1_000_000_000L;
  long steps;
  private LeaseLedger backup;
  private Map<String, Long> backupSettled = new HashMap<>();

  World(Set<LeaseRule> rules) {
    this.rules = rules;
    bank = new LeaseLedger(rules);
    bank.credit(QUOTA, 60);
    bank.credit(MONEY, 200);
    bank.credit(OTHER, 300);
    bank.credit(LIMIT, 1_000);
    backup = bank.copy();
    start();
    start();
  }

  Gateway start() {
    HolderId incarnation = new HolderId(new UUID(0, gateways.size()));
    bank.open(incarnation);
    return add(incarnation);
  }

  private Gateway add(HolderId incarnation) {
    Gateway made = new Gateway(gateways.size(), incarnation, network, TERMS, rules);
    gateways.add(made);
    return made;
  }

  List<Gateway> living() {
    List<Gateway> living = new ArrayList<>();
    for (Gateway gateway : gateways) {
      if (gateway.alive) {
        living.add(gateway);
      }
    }
    return living;
  }

  void apply(Event event) {
    steps++;
    List<Gateway> living = living();
    switch (event.kind()) {
      case RESERVE -> pick(living, event.a()).ifPresent(g -> reserve(g, plan(event.b())));
      case SETTLE -> pick(living, event.a()).ifPresent(g -> settleOne(g, event.b()));
      case TICK -> tick(1 + event.a() % (event.b() % 4 == 0 ? 4_000 : 60));
      case DELIVER -> {
        if (!network.isEmpty()) {
          deliver(network.take(event.a()));
        }
      }
      case DROP -> {
        if (!network.isEmpty()) {
          network.take(event.a());
        }
      }
      case DUPLICATE -> {
        if (!network.isEmpty()) {
          network.duplicate(event.a());
        }
      }
      case SETTLE_LOG -> settleLog(gateways.get(event.a() % gateways.size()));
      case CREDIT -> bank.credit(ACCOUNTS.get(event.a() % 3), 1 + event.b() % 50);
      case KILL -> pick(living, event.a()).ifPresent(g -> g.alive = false);
      case RECOVER -> {
        end();
        if (living().size() < 2) {
          start();
        }
      }
      case FREEZE -> pick(living, event.a()).ifPresent(g -> g.frozen = true);
      case THAW -> living.forEach(g -> g.frozen = false);
      case LOST -> living.stream().filter(g -> g.frozen).findFirst().ifPresent(this::lost);
      case COPY -> pick(living, event.a()).ifPresent(this::copy);
      case BACKUP -> {
        backup = bank.copy();
        backupSettled = new HashMap<>(settled);
      }
      case RESTORE -> restore();
    }
    Checks.always(this);
  }

  private static Optional<Gateway> pick(List<Gateway> from, int choice) {
    List<Gateway> running = from.stream().filter(Gateway::running).toList();
    return running.isEmpty() ? Optional.empty() : Optional.of(running.get(choice % running.size()));
  }

  private static LegPlan plan(int choice) {
    long price = 1 + (choice / 8) % (choice % 5 == 0 ? 150 : 40);
    return switch (choice % 4) {
      case 0 -> new LegPlan(List.of(), List.of(OTHER), price);
      case 1 -> new LegPlan(List.of(), List.of(QUOTA, MONEY), price);
      default -> new LegPlan(List.of(LIMIT), List.of(QUOTA, MONEY), price);
    };
  }

  Caller reserve(Gateway gateway, LegPlan plan) {
    Caller caller = new Caller(plan, now, refused -> Checks.notOvertaken(gateway, refused));
    gateway.callers.add(caller);
    gateway.holder.reserve(plan, caller, now);
    return caller;
  }

  private void settleOne(Gateway gateway, int choice) {
    List<Caller> open = gateway.callers.stream().filter(Caller::answered).toList();
    if (!open.isEmpty()) {
      Caller caller = open.get(choice % open.size());
      gateway.callers.remove(caller);
      long used = choice % 3 == 0 ? caller.plan.price() : choice % (caller.plan.price() + 1);
      caller.reservation().ifPresent(r -> gateway.holder.spend(r, used, now));
    }
  }

  void tick(long millis) {
    now += millis * 1_000_000L;
    for (Gateway gateway : living()) {
      if (gateway.running()) {
        steps++;
        gateway.holder.tick(now);
        Checks.answeredInTime(gateway, now);
      }
    }
  }

  void deliver(Message message) {
    switch (message) {
      case Message.Operate operate -> {
        LeaseDecision decision = bank.operate(operate.operation(), now);
        network.send(new Message.Answer(operate.from(), decision.answer()));
        for (HolderId recalled : decision.recalled()) {
          gateways.stream()
              .filter(g -> g.incarnation().equals(recalled))
              .forEach(g -> network.send(new Message.Recall(g.id, operate.operation().account())));
        }
      }
      case Message.Compare compare ->
          network.send(
              new Message.Compared(
                  compare.from(), bank.compare(compare.incarnation(), compare.number())));
      case Message.Forked forked -> bank.close(forked.incarnation());
      case Message.Answer answer -> to(answer.to(), message, g -> answered(g, answer.answer()));
      case Message.Compared compared ->
          to(compared.to(), message, g -> g.holder.compared(compared.snapshot(), now));
      case Message.Recall recall ->
          to(recall.to(), message, g -> g.holder.recalled(recall.account(), now));
    }
  }

  private void to(int id, Message message, Consumer<Gateway> receive) {
    Gateway gateway = gateways.get(id);
    if (gateway.running()) {
      receive.accept(gateway);
    } else if (gateway.alive) {
      network.send(message);
    }
  }

  private void answered(Gateway gateway, LeaseAnswer answer) {
    if (answer instanceof LeaseAnswer.Granted granted) {
      long before = gateway.holder.position(granted.account()).granted();
      gateway.holder.answered(answer, now);
      // A bank that went back cannot see a fork in operations it has forgotten.
      if (!restored && !gateway.holder.isClosed() && copied.contains(granted.holder())) {
        boolean raised = granted.granted() > before;
        String key = granted.holder() + " " + granted.account() + " " + granted.number();
        Integer first = raised ? raisedBy.putIfAbsent(key, gateway.id) : null;
        if (first != null && first != gateway.id) {
          throw new Violation("one grant was taken by two copies: operation " + key);
        }
      }
    } else {
      gateway.holder.answered(answer, now);
    }
  }

  void settleLog(Gateway gateway) {
    for (AccountId account : ACCOUNTS) {
      String key = gateway.id + " " + account;
      long from = settled.getOrDefault(key, 0L);
      long used = gateway.used(account);
      if (used > from) {
        bank.settle(gateway.incarnation(), account, used - from);
        settled.put(key, used);
      }
    }
  }

  /** Recovers what has ended: logs to their end, then leases back. */
  void end() {
    gateways.forEach(this::settleLog);
    Set<HolderId> running = new HashSet<>();
    living().forEach(g -> running.add(g.incarnation()));
    for (HolderId incarnation : bank.incarnations()) {
      if (!running.contains(incarnation)) {
        bank.recovered(incarnation);
      }
    }
  }

  private void lost(Gateway gateway) {
    bank.lost(gateway.incarnation());
    gateways.stream()
        .filter(g -> g.incarnation().equals(gateway.incarnation()))
        .forEach(g -> g.tainted = true);
    debtPossible = true;
  }

  private void copy(Gateway gateway) {
    if (living().size() < MAX_GATEWAYS) {
      copied.add(gateway.incarnation());
      gateway.tainted = true;
      add(gateway.incarnation()).tainted = true;
      debtPossible = true;
    }
  }

  private void restore() {
    bank = backup.copy();
    settled = new HashMap<>(backupSettled);
    gateways.forEach(g -> g.tainted = true);
    debtPossible = true;
    restored = true;
    // Positions are compared on every new connection: what the bank has forgotten is replayed.
    gateways.forEach(this::settleLog);
  }

  boolean isCopied(Gateway gateway) {
    return copied.contains(gateway.incarnation());
  }
}
