package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.identity.IdentityModule;
import io.tollgate.rewards.Members;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.PointLogs;
import io.tollgate.rewards.RewardTermsBook;
import io.tollgate.rewards.Rewards;
import io.tollgate.rewards.Withdrawals;
import io.tollgate.trading.engine.EngineModule;
import java.time.InstantSource;

/** What the calls stand on. */
record Contexts(
    Transactions transactions,
    InstantSource clock,
    IdentityModule identity,
    EngineModule engine,
    PointCards cards,
    PointLogs logs,
    Members members,
    Rewards rewards,
    Withdrawals withdrawals,
    RewardTermsBook terms) {
  Contexts {
    requireNonNull(transactions, "transactions is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(identity, "identity is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(cards, "cards is null");
    requireNonNull(logs, "logs is null");
    requireNonNull(members, "members is null");
    requireNonNull(rewards, "rewards is null");
    requireNonNull(withdrawals, "withdrawals is null");
    requireNonNull(terms, "terms is null");
  }
}
