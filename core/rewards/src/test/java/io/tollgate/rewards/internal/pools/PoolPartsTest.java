package io.tollgate.rewards.internal.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.UserId;
import io.tollgate.rewards.RewardTerms;
import io.tollgate.rewards.Rewards.RewardType;
import io.tollgate.rewards.internal.Share;
import io.tollgate.rewards.internal.pools.PoolParts.Part;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoolPartsTest {
  private static final UserId ROOT = new UserId(1);
  private static final UserId SOURCE = new UserId(2);
  private static final UserId INVITER = new UserId(3);
  private static final UserId NODE = new UserId(4);
  private static final UserId HIGHER = new UserId(5);
  private static final long ENOUGH = RewardTerms.LEAST_HOLDING.units();
  private static final long HUNDRED = 10_000_000_000L;

  @Test
  void a_pool_of_nobody_goes_to_the_root() {
    assertThat(PoolParts.of(HUNDRED, chain(0, Optional.empty(), 0), ROOT))
        .containsExactly(
            new Part(RewardType.TECH_TEAM, ROOT, 1_000_000_000L, 1_000),
            new Part(RewardType.DIRECT_UNDIST, ROOT, 500_000_000L, 2_500),
            new Part(RewardType.PEER_UNDIST, ROOT, 200_000_000L, 1_000),
            new Part(RewardType.NETWORK_UNDIST, ROOT, 1_300_000_000L, 0),
            new Part(RewardType.PLATFORM_RETAIN, ROOT, 7_000_000_000L, 7_000));
  }

  @Test
  void inviter_nodes_and_peer_get_their_shares_in_this_order() {
    List<Part> parts =
        PoolParts.of(
            HUNDRED,
            chain(
                2,
                Optional.of(INVITER),
                ENOUGH,
                new FrozenChain.Node(INVITER, 0, 0),
                new FrozenChain.Node(NODE, 2, 3_000),
                new FrozenChain.Node(new UserId(6), 1, 2_000),
                new FrozenChain.Node(HIGHER, 4, 5_000)),
            ROOT);
    assertThat(parts)
        .containsExactly(
            new Part(RewardType.TECH_TEAM, ROOT, 1_000_000_000L, 1_000),
            new Part(RewardType.DIRECT, INVITER, 500_000_000L, 2_500),
            new Part(RewardType.LEVEL_DIFF, NODE, 600_000_000L, 3_000),
            new Part(RewardType.LEVEL_DIFF, HIGHER, 400_000_000L, 2_000),
            new Part(RewardType.PEER, NODE, 200_000_000L, 1_000),
            new Part(RewardType.NETWORK_UNDIST, ROOT, 300_000_000L, 0),
            new Part(RewardType.PLATFORM_RETAIN, ROOT, 7_000_000_000L, 7_000));
  }

  @Test
  void an_inviter_who_holds_less_than_a_thousand_has_no_direct_reward() {
    assertThat(PoolParts.of(HUNDRED, chain(1, Optional.of(INVITER), ENOUGH - 1), ROOT))
        .filteredOn(part -> part.units() == 500_000_000L)
        .containsExactly(new Part(RewardType.DIRECT_UNDIST, ROOT, 500_000_000L, 2_500));
  }

  @Test
  void the_network_never_gets_more_than_its_budget() {
    List<Part> parts =
        PoolParts.of(
            HUNDRED,
            chain(7, Optional.of(NODE), ENOUGH, new FrozenChain.Node(NODE, 7, 8_000)),
            ROOT);
    assertThat(parts)
        .containsExactly(
            new Part(RewardType.TECH_TEAM, ROOT, 1_000_000_000L, 1_000),
            new Part(RewardType.DIRECT, NODE, 500_000_000L, 2_500),
            // 80 % cut at the 75 % that are left
            new Part(RewardType.LEVEL_DIFF, NODE, 1_500_000_000L, 8_000),
            new Part(RewardType.PLATFORM_RETAIN, ROOT, 7_000_000_000L, 7_000));
  }

  @Test
  void a_source_of_level_S0_has_no_peer() {
    assertThat(
            PoolParts.of(
                HUNDRED, chain(0, Optional.empty(), 0, new FrozenChain.Node(NODE, 0, 0)), ROOT))
        .noneMatch(part -> part.type() == RewardType.PEER)
        .anyMatch(part -> part.type() == RewardType.PEER_UNDIST);
  }

  @Test
  void what_rounding_leaves_goes_to_the_platform() {
    assertThat(PoolParts.of(1, chain(0, Optional.empty(), 0), ROOT))
        .containsExactly(new Part(RewardType.PLATFORM_RETAIN, ROOT, 1, 7_000));
    assertThat(PoolParts.of(19, chain(0, Optional.empty(), 0), ROOT))
        .containsExactly(
            new Part(RewardType.TECH_TEAM, ROOT, 1, 1_000),
            new Part(RewardType.NETWORK_UNDIST, ROOT, 3, 0),
            new Part(RewardType.PLATFORM_RETAIN, ROOT, 15, 7_000));
  }

  @Test
  void parts_sum_to_the_pool_for_any_amount_and_chain() {
    Random random = new Random(20_261_130);
    for (int i = 0; i < 20_000; i++) {
      long amount = 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
      List<FrozenChain.Node> nodes = new ArrayList<>();
      for (int n = random.nextInt(6); n > 0; n--) {
        nodes.add(
            new FrozenChain.Node(new UserId(10 + n), random.nextInt(8), random.nextInt(10_001)));
      }
      List<Part> parts =
          PoolParts.of(
              amount,
              new FrozenChain(
                  SOURCE,
                  random.nextInt(8),
                  random.nextBoolean() ? Optional.of(INVITER) : Optional.empty(),
                  random.nextBoolean() ? ENOUGH : 0,
                  nodes),
              ROOT);
      assertThat(parts.stream().mapToLong(Part::units).reduce(0, Math::addExact))
          .as("pool of %s", amount)
          .isEqualTo(amount);
      assertThat(parts).allMatch(part -> part.units() > 0);
      assertThat(parts.stream().map(part -> part.type() + " " + part.receiver()))
          .doesNotHaveDuplicates();
      assertThat(
              parts.stream()
                  .filter(part -> part.type() != RewardType.TECH_TEAM)
                  .filter(part -> part.type() != RewardType.PLATFORM_RETAIN)
                  .mapToLong(Part::units)
                  .sum())
          .isLessThanOrEqualTo(amount / 5);
    }
  }

  @Test
  void shares_are_exact_for_every_amount() {
    Random random = new Random(20_261_130);
    for (int i = 0; i < 50_000; i++) {
      long units = random.nextLong() >>> (1 + random.nextInt(63));
      int rate = random.nextInt(10_001);
      BigDecimal exact = new BigDecimal(BigInteger.valueOf(units)).multiply(Share.rate(rate));
      assertThat(Share.floor(units, rate))
          .isEqualTo(exact.setScale(0, RoundingMode.FLOOR).longValueExact());
      assertThat(Share.halfEven(units, rate))
          .isEqualTo(exact.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }
    assertThat(Share.halfEven(5, 3_000)).isEqualTo(2);
    assertThat(Share.halfEven(15, 3_000)).isEqualTo(4);
    assertThat(Share.floor(Long.MAX_VALUE, 10_000)).isEqualTo(Long.MAX_VALUE);
  }

  private static FrozenChain chain(
      int level, Optional<UserId> inviter, long holding, FrozenChain.Node... nodes) {
    return new FrozenChain(SOURCE, level, inviter, holding, List.of(nodes));
  }
}
