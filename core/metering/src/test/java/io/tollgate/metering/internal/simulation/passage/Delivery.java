package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseDecision;
import io.tollgate.metering.internal.shard.PassageShard;
import io.tollgate.metering.internal.shard.UserWallet;
import java.util.List;
import java.util.function.Consumer;

/** Hands messages to whom they are for. */
final class Delivery {
  private final World world;

  Delivery(World world) {
    this.world = world;
  }

  void deliver(int messages, int choice) {
    for (int i = 0; i < messages && !world.network.isEmpty(); i++) {
      deliver(world.network.take(choice + i));
    }
  }

  /** Everything that is under way, and what follows from it. */
  void deliverAll() {
    for (int i = 0; i < 300 && !world.network.isEmpty(); i++) {
      deliver(world.network.take(1));
    }
  }

  void drop(int choice) {
    if (!world.network.isEmpty()) {
      var _ = world.network.take(choice);
    }
  }

  void duplicate(int choice) {
    if (!world.network.isEmpty()) {
      world.network.duplicate(choice);
    }
  }

  void walletChanged(UserWallet.Owner owner) {
    world
        .lanes()
        .forEach(lane -> world.network.send(new Message.WalletChanged(lane.number, owner)));
  }

  /** Every connection was lost: what was told meanwhile was missed. */
  void missed() {
    world.lanes().forEach(lane -> world.network.send(new Message.Missed(lane.number)));
  }

  private void deliver(Message message) {
    world.steps++;
    switch (message) {
      case Message.Operate operate -> atBank(() -> operate(operate));
      case Message.Compare compare ->
          atBank(
              () ->
                  world.network.send(
                      new Message.Compared(
                          compare.from(),
                          LeaseDecisions.compare(
                              world.database, compare.holder(), compare.number()))));
      case Message.Forked forked -> atBank(() -> fork(forked));
      case Message.AskWallet ask -> atBank(() -> tell(ask));
      case Message.Answer answer ->
          to(answer.to(), message, shard -> shard.answered(answer.answer()));
      case Message.Compared compared ->
          to(compared.to(), message, shard -> shard.compared(compared.snapshot()));
      case Message.Recall recall ->
          to(recall.to(), message, shard -> shard.recalled(recall.account()));
      case Message.TellWallet told ->
          to(told.to(), message, shard -> shard.wallet(told.owner(), told.wallet()));
      case Message.WalletChanged changed ->
          to(changed.to(), message, shard -> shard.walletChanged(changed.owner()));
      case Message.Missed missed -> to(missed.to(), message, PassageShard::anyWalletChanged);
    }
  }

  private void atBank(Runnable transaction) {
    if (!world.calls.away) {
      transaction.run();
    }
  }

  private void operate(Message.Operate operate) {
    LeaseDecision decision =
        LeaseDecisions.operate(world.database, operate.operation(), world.now, forks());
    world.network.send(new Message.Answer(operate.from(), decision.answer()));
    for (HolderId recalled : decision.recalled()) {
      for (Lane lane : world.lanes()) {
        if (lane.id().equals(recalled.value())) {
          world.network.send(new Message.Recall(lane.number, operate.operation().account()));
        }
      }
    }
  }

  private void fork(Message.Forked forked) {
    if (forks()) {
      LeaseDecisions.fork(world.database, forked.holder());
    }
  }

  /** What finds forks by leases would hide what finds them by logs. */
  private boolean forks() {
    return world.rules.contains(PassageRule.CHAIN_COMPARED);
  }

  private void tell(Message.AskWallet ask) {
    UserWallet wallet =
        People.wallet(
            ask.owner(),
            world.setup.limited() && world.rules.contains(PassageRule.LIMITS_RESERVED),
            world.database.owes(ask.owner()),
            world.databaseTime());
    world.network.send(new Message.TellWallet(ask.from(), ask.owner(), wallet));
  }

  private void to(int number, Message message, Consumer<PassageShard> receive) {
    List<Machine> machines = world.machines;
    for (Machine machine : machines) {
      for (Gateway gateway : machine.gateway.stream().toList()) {
        for (Lane lane : gateway.lanes) {
          if (lane.number == number) {
            if (gateway.frozen) {
              world.network.send(message);
            } else {
              receive.accept(lane.shard());
            }
            return;
          }
        }
      }
    }
  }
}
