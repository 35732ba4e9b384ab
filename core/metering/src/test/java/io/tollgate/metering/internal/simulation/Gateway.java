package io.tollgate.metering.internal.simulation;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseBank;
import io.tollgate.metering.internal.lease.LeaseHolder;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.lease.LeaseRule;
import io.tollgate.metering.internal.lease.LeaseTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A simulated process: a holder, its callers, and its log, which outlives a kill. */
final class Gateway {
  final int id;
  final LeaseHolder holder;
  final List<Caller> callers = new ArrayList<>();
  boolean alive = true;
  boolean frozen;

  /** Copied, given up, or served by a bank that went back: its memory may exceed its rows. */
  boolean tainted;

  Gateway(
      int id,
      HolderId incarnation,
      Network<Message> network,
      LeaseTerms terms,
      Set<LeaseRule> rules) {
    this.id = id;
    holder =
        new LeaseHolder(
            incarnation,
            new LeaseBank() {
              @Override
              public void operate(LeaseOperation operation) {
                network.send(new Message.Operate(id, operation));
              }

              @Override
              public void compare(HolderId asked, long number) {
                network.send(new Message.Compare(id, asked, number));
              }

              @Override
              public void forked(HolderId forked) {
                network.send(new Message.Forked(forked));
              }
            },
            new Random(id),
            terms,
            rules);
  }

  boolean running() {
    return alive && !frozen;
  }

  HolderId incarnation() {
    return holder.id();
  }

  /** What its log says was used of an account. */
  long used(AccountId account) {
    return holder.position(account).used();
  }
}
