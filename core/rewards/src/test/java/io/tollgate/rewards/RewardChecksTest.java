package io.tollgate.rewards;

import static io.tollgate.rewards.RewardSite.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.UserId;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit sees what does not fit between rewards and the books; each damage is undone. */
@Tag("slow")
class RewardChecksTest {
  private static final RewardSite house = new RewardSite();

  @BeforeAll
  static void something_of_everything() {
    UserId user = house.user("all");
    house.earn(user, "500");
    UserId below = house.invited("below", user);
    house.give(below, CardType.SELF, "10");
    house.give(below, CardType.GIFT, "2");
    house.transfer(below, user, CardType.SELF, "1");
    house.close(below, "acc", "1", "100");
    house.give(below, CardType.SELF, "5");
    house.give(below, CardType.GIFT, "5");
    house.hold(below, "20000");
    house.apply(user, "51");
    Withdrawal rejected = house.apply(user, "52");
    house.write(tx -> house.rewards.withdrawals().reject(tx, rejected.id(), ADMIN, "no"));
    Withdrawal paid = house.apply(user, "53");
    house.write(tx -> house.rewards.withdrawals().approve(tx, paid.id(), ADMIN));
    house.write(tx -> house.rewards.withdrawals().complete(tx, paid.id(), ADMIN, "hash"));
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void sound_books_have_no_finding() {
    assertThat(house.audit()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE rewards.point_log SET before_self = before_self + 1, after_self = after_self + 1 WHERE change_type = 'out' | UPDATE rewards.point_log SET before_self = before_self - 1, after_self = after_self - 1 WHERE change_type = 'out' | rewards.cards | movement
          UPDATE rewards.point_log SET amount = amount + 1, after_gift = after_gift + 1 WHERE change_type = 'out' | UPDATE rewards.point_log SET amount = amount - 1, after_gift = after_gift - 1 WHERE change_type = 'out' | rewards.cards | movement
          UPDATE rewards.point_log SET user_id = user_id + 1000000 WHERE change_type = 'in' | UPDATE rewards.point_log SET user_id = user_id - 1000000 WHERE change_type = 'in' | rewards.cards | card
          UPDATE rewards.profit_close SET from_self = from_self - 1, charged = charged - 1 WHERE account_id = 'acc' | UPDATE rewards.profit_close SET from_self = from_self + 1, charged = charged + 1 WHERE account_id = 'acc' | rewards.profits | charge
          UPDATE rewards.profit_close SET shared = shared - 100 WHERE account_id = 'acc' | UPDATE rewards.profit_close SET shared = shared + 100 WHERE account_id = 'acc' | rewards.profits | charge
          UPDATE rewards.profit_close SET owed_paid = owed_paid - 1 WHERE account_id = 'acc' | UPDATE rewards.profit_close SET owed_paid = owed_paid + 1 WHERE account_id = 'acc' | rewards.profits | owed
          UPDATE rewards.profit_close SET transfer_id = uuidv7(), tenant_id = tenant_id + 1000 WHERE account_id = 'acc' | UPDATE rewards.profit_close c SET tenant_id = tenant_id - 1000, transfer_id = (SELECT id FROM ledger.transfer WHERE operation = 'rewards.profit' AND idempotency_key = '3:acc:1') WHERE account_id = 'acc' | rewards.profits | transfer
          UPDATE rewards.owed_payment SET amount = amount + 1 WHERE card_type = 'gift' | UPDATE rewards.owed_payment SET amount = amount - 1 WHERE card_type = 'gift' | rewards.profits | charge
          UPDATE rewards.owed_payment SET card_type = 'gift' WHERE card_type = 'self' | UPDATE rewards.owed_payment SET card_type = 'self' WHERE amount = 500000000 AND id = (SELECT min(id) FROM rewards.owed_payment) | rewards.pools | charge
          UPDATE rewards.pool SET amount = amount + 1 WHERE id = 1 | UPDATE rewards.pool SET amount = amount - 1 WHERE id = 1 | rewards.pools | pool 1
          UPDATE rewards.pool SET state = 'open', transfer_id = NULL, distributed_at = NULL WHERE id = 1 | UPDATE rewards.pool SET state = 'distributed', distributed_at = created_at, transfer_id = (SELECT min(transfer_id::text)::uuid FROM rewards.reward_log WHERE pool_id = 1) WHERE id = 1 | rewards.pools | pools of tenant
          UPDATE rewards.reward_log SET amount = amount + 1, after = after + 1 WHERE type = 'direct' AND pool_id = 1 | UPDATE rewards.reward_log SET amount = amount - 1, after = after - 1 WHERE type = 'direct' AND pool_id = 1 | rewards.pools | pool 1 for user
          UPDATE rewards.reward_log SET type = 'level_diff' WHERE type = 'platform_retain' AND pool_id = 2 | UPDATE rewards.reward_log SET type = 'platform_retain' WHERE type = 'level_diff' AND pool_id = 2 AND rate = 0.7 | rewards.pools | pool 2
          UPDATE rewards.reward_log SET before = before + 1, after = after + 1 WHERE type = 'withdraw_reject_return' | UPDATE rewards.reward_log SET before = before - 1, after = after - 1 WHERE type = 'withdraw_reject_return' | rewards.balances | movement
          UPDATE rewards.reward_total SET earned = earned + 1 | UPDATE rewards.reward_total SET earned = earned - 1 | rewards.balances | rewards of user
          UPDATE rewards.withdrawal SET amount = amount + 1 WHERE status = 'waiting' | UPDATE rewards.withdrawal SET amount = amount - 1 WHERE status = 'waiting' | rewards.withdrawals | withdrawal
          UPDATE rewards.withdrawal SET hold_id = uuidv7() WHERE status = 'waiting' | UPDATE rewards.withdrawal SET hold_id = (SELECT id FROM ledger.hold WHERE closed_at IS NULL AND purpose = 'withdrawal') WHERE status = 'waiting' | rewards.withdrawals | hold
          UPDATE rewards.withdrawal SET fee = fee + 1 WHERE status = 'done' | UPDATE rewards.withdrawal SET fee = fee - 1 WHERE status = 'done' | rewards.withdrawals | withdrawal
          UPDATE rewards.withdrawal SET transfer_id = uuidv7() WHERE status = 'done' | UPDATE rewards.withdrawal SET transfer_id = (SELECT id FROM ledger.transfer WHERE operation = 'rewards.withdrawal') WHERE status = 'done' | rewards.withdrawals | transfer
          UPDATE identity.team SET total_count = total_count + 1 | UPDATE identity.team SET total_count = total_count - 1 | rewards.teams | team
          UPDATE rewards.member SET team_performance = team_performance + 1 WHERE team_performance > 0 | UPDATE rewards.member SET team_performance = team_performance - 1 WHERE team_performance > 0 | rewards.teams | user
          UPDATE rewards.member SET level = level + 1 WHERE self_hold > 0 | UPDATE rewards.member SET level = level - 1 WHERE self_hold > 0 | rewards.teams | level of user
          UPDATE rewards.holding SET amount = amount + 1 WHERE amount = 2000000000000 | UPDATE rewards.holding SET amount = amount - 1 WHERE amount = 2000000000001 | rewards.teams | user
          """)
  void a_damage_is_named(String damage, String mend, String check, String row) throws Exception {
    house.damage(damage);
    assertThat(house.audit())
        .filteredOn(finding -> finding.check().equals(check))
        .anyMatch(finding -> finding.row().startsWith(row));
    house.damage(mend);
    assertThat(house.audit()).isEmpty();
  }
}
