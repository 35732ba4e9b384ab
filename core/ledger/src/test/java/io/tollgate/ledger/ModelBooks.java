package io.tollgate.ledger;

import io.tollgate.ground.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** A naive ledger in maps, which predicts every answer of the real one. */
final class ModelBooks {
  final Map<Long, Long> balances = new LinkedHashMap<>();
  final Map<Long, OptionalLong> floors = new HashMap<>();
  final Map<UUID, Map<Long, Long>> openHolds = new LinkedHashMap<>();
  final Map<UUID, Map<Long, Long>> closedHolds = new HashMap<>();
  final Map<String, byte[]> hashes = new HashMap<>();

  /** What is held outside holds. */
  final Map<Long, Long> leased = new LinkedHashMap<>();

  /** By account: the account of what its owner owes in the same currency. */
  final Map<Long, Long> owed = new HashMap<>();

  long held(long account) {
    return leased.getOrDefault(account, 0L) + heldByHolds(account);
  }

  private long heldByHolds(long account) {
    return openHolds.values().stream().mapToLong(legs -> legs.getOrDefault(account, 0L)).sum();
  }

  Optional<ErrorCode> post(TransferRequest request) {
    byte[] known = hashes.get(request.idempotencyKey());
    if (known != null) {
      return Arrays.equals(known, request.requestHash())
          ? Optional.empty()
          : Optional.of(ErrorCode.IDEMPOTENCY_CONFLICT);
    }
    Map<Long, Long> balancesAfter = new HashMap<>(balances);
    for (Leg leg : request.legs()) {
      balancesAfter.merge(leg.account().value(), leg.units(), Long::sum);
    }
    Map<UUID, Map<Long, Long>> holdsAfter = new LinkedHashMap<>(openHolds);
    request.releases().forEach(holdsAfter::remove);
    List<Long> touched = new ArrayList<>();
    request.legs().forEach(leg -> touched.add(leg.account().value()));
    for (long account : touched) {
      long heldAfter =
          leased.getOrDefault(account, 0L)
              + holdsAfter.values().stream()
                  .mapToLong(legs -> legs.getOrDefault(account, 0L))
                  .sum();
      if (below(account, balancesAfter.getOrDefault(account, 0L) - heldAfter)) {
        return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
      }
    }
    balances.putAll(balancesAfter);
    request.releases().forEach(this::release);
    hashes.put(request.idempotencyKey(), request.requestHash());
    request.legs().stream()
        .filter(leg -> leg.units() > 0)
        .map(leg -> leg.account().value())
        .distinct()
        .forEach(this::payOwed);
    return Optional.empty();
  }

  private void payOwed(long account) {
    Long debt = owed.get(account);
    if (debt != null) {
      long available = balances.getOrDefault(account, 0L) - held(account);
      long paid = Math.max(0, Math.min(-balances.getOrDefault(debt, 0L), available));
      balances.merge(account, -paid, Long::sum);
      balances.merge(debt, paid, Long::sum);
    }
  }

  Optional<ErrorCode> charge(ChargeBatch batch) {
    byte[] known = hashes.get(chargeKey(batch));
    if (known != null) {
      return Arrays.equals(known, batch.requestHash())
          ? Optional.empty()
          : Optional.of(ErrorCode.IDEMPOTENCY_CONFLICT);
    }
    Map<Long, Long> changes = new HashMap<>();
    batch.debits().forEach(leg -> changes.merge(leg.account().value(), -leg.units(), Long::sum));
    sums(batch.credits()).forEach((account, units) -> changes.merge(account, units, Long::sum));
    Map<Long, Long> releases = sums(batch.releases());
    Set<Long> touched = new HashSet<>(changes.keySet());
    touched.addAll(releases.keySet());
    for (long account : touched) {
      long available =
          balances.getOrDefault(account, 0L)
              + changes.getOrDefault(account, 0L)
              - held(account)
              + releases.getOrDefault(account, 0L);
      if (below(account, available)) {
        return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
      }
    }
    changes.forEach((account, units) -> balances.merge(account, units, Long::sum));
    releases.forEach((account, units) -> leased.merge(account, -units, Long::sum));
    hashes.put(chargeKey(batch), batch.requestHash());
    return Optional.empty();
  }

  static String chargeKey(ChargeBatch batch) {
    return "charge/" + batch.idempotencyKey();
  }

  Optional<ErrorCode> moveHeld(List<Leg> changes) {
    Map<Long, Long> sums = sums(changes);
    for (Map.Entry<Long, Long> change : sums.entrySet()) {
      long available =
          balances.getOrDefault(change.getKey(), 0L) - held(change.getKey()) - change.getValue();
      if (below(change.getKey(), available)) {
        return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
      }
    }
    sums.forEach((account, units) -> leased.merge(account, units, Long::sum));
    return Optional.empty();
  }

  Optional<ErrorCode> hold(UUID hold, List<Leg> legs) {
    Map<Long, Long> wanted = sums(legs);
    for (Map.Entry<Long, Long> leg : wanted.entrySet()) {
      long available =
          balances.getOrDefault(leg.getKey(), 0L) - held(leg.getKey()) - leg.getValue();
      if (below(leg.getKey(), available)) {
        return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
      }
    }
    if (openHolds.containsKey(hold) || closedHolds.containsKey(hold)) {
      return Optional.of(ErrorCode.CONFLICT);
    }
    openHolds.put(hold, wanted);
    return Optional.empty();
  }

  Optional<ErrorCode> extend(UUID hold, List<Leg> legs) {
    if (closedHolds.containsKey(hold)) {
      return Optional.of(ErrorCode.CONFLICT);
    }
    Map<Long, Long> before = openHolds.get(hold);
    if (before == null) {
      return Optional.of(ErrorCode.NOT_FOUND);
    }
    Map<Long, Long> wanted = sums(legs);
    for (Map.Entry<Long, Long> leg : wanted.entrySet()) {
      long available =
          balances.getOrDefault(leg.getKey(), 0L) - held(leg.getKey()) - leg.getValue();
      if (below(leg.getKey(), available)) {
        return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
      }
    }
    Map<Long, Long> after = new HashMap<>(before);
    wanted.forEach((account, units) -> after.merge(account, units, Long::sum));
    openHolds.put(hold, after);
    return Optional.empty();
  }

  void release(UUID hold) {
    Map<Long, Long> legs = openHolds.remove(hold);
    if (legs != null) {
      closedHolds.put(hold, legs);
    }
  }

  private boolean below(long account, long available) {
    OptionalLong floor = floors.getOrDefault(account, OptionalLong.empty());
    return floor.isPresent() && available < floor.getAsLong();
  }

  private static Map<Long, Long> sums(List<Leg> legs) {
    Map<Long, Long> sums = new HashMap<>();
    legs.forEach(leg -> sums.merge(leg.account().value(), leg.units(), Long::sum));
    return sums;
  }
}
