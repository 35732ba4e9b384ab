package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.ArrayList;
import java.util.List;

/** One account at the bank: its amounts, and who waits for it, first come first served. */
final class BankAccount {
  long available;
  long held;
  long owed;
  long charged;
  long credited;
  private final List<Want> wants = new ArrayList<>();

  BankAccount() {}

  /** Copies the amounts; who waits is not worth keeping. */
  BankAccount(BankAccount other) {
    available = other.available;
    held = other.held;
    owed = other.owed;
    charged = other.charged;
    credited = other.credited;
  }

  /** Moves from available to held; negative gives back. */
  void hold(long units) {
    available = Math.subtractExact(available, units);
    held = Math.addExact(held, units);
  }

  void forgetWants(long now) {
    wants.removeIf(want -> want.until() <= now);
  }

  /** Queues a want; who waits already keeps the place and gets the new amount. */
  void want(HolderId holder, long units, long until) {
    for (int i = 0; i < wants.size(); i++) {
      if (wants.get(i).holder().equals(holder)) {
        wants.set(i, new Want(holder, units, until));
        return;
      }
    }
    wants.add(new Want(holder, units, until));
  }

  void served(HolderId holder) {
    wants.removeIf(want -> want.holder().equals(holder));
  }

  /** What those want who came before this one. */
  long wantedBefore(HolderId holder) {
    long sum = 0;
    for (Want want : wants) {
      if (want.holder().equals(holder)) {
        break;
      }
      sum = Math.addExact(sum, want.units());
    }
    return sum;
  }

  /** Who waits, in order. */
  List<LeaseBooks.Waiting> waiting(AccountId account) {
    return wants.stream()
        .map(want -> new LeaseBooks.Waiting(account, want.holder(), want.units(), want.until()))
        .toList();
  }

  private record Want(HolderId holder, long units, long until) {}
}
