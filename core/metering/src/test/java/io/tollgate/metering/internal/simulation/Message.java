package io.tollgate.metering.internal.simulation;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.lease.LeaseSnapshot;

/** What is under way between gateways and bank. */
sealed interface Message {
  record Operate(int from, LeaseOperation operation) implements Message {}

  record Compare(int from, HolderId incarnation, long number) implements Message {}

  record Forked(HolderId incarnation) implements Message {}

  record Answer(int to, LeaseAnswer answer) implements Message {}

  record Compared(int to, LeaseSnapshot snapshot) implements Message {}

  record Recall(int to, AccountId account) implements Message {}
}
