package io.tollgate.ledger;

import io.tollgate.ground.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A naive ledger in maps, which predicts every answer of the real one. */
final class ModelBooks {
  final Map<Long, Long> balances = new LinkedHashMap<>();
  final Map<Long, OptionalLong> floors = new HashMap<>();
  final Map<UUID, Map<Long, Long>> openHolds = new LinkedHashMap<>();
  final Map<UUID, Map<Long, Long>> closedHolds = new HashMap<>();
  final Map<String, byte[]> hashes = new HashMap<>();

  long held(long account) {
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
          holdsAfter.values().stream().mapToLong(legs -> legs.getOrDefault(account, 0L)).sum();
      if (below(account, balancesAfter.getOrDefault(account, 0L) - heldAfter)) {
        return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
      }
    }
    balances.putAll(balancesAfter);
    request.releases().forEach(this::release);
    hashes.put(request.idempotencyKey(), request.requestHash());
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
