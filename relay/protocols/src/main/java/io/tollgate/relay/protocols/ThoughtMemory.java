package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Thoughts between a tenant's requests, by the ids of the tool calls that they led to. Bounded in
 * bytes and time: each tenant loses what it has not used for longest, and never another tenant's.
 * In this process only; what is not here is lost, which every upstream can do with. Safe for use by
 * many threads.
 */
public final class ThoughtMemory {
  /** Longest id of a call that is remembered. */
  static final int MAX_ID = 256;

  private static final int ENTRY_BYTES = 256;
  private static final int LEAST_ENTRIES = 8;

  private final long maxBytes;
  private final long maxTenantBytes;
  private final long keptNanos;
  private final LongSupplier nanoTime;
  private final Map<Long, Tenant> tenants = new HashMap<>();
  private long bytes;
  private long kept;
  private long found;
  private long lost;

  private record Entry(Thoughts thoughts, long bytes, long until) {}

  private static final class Tenant {
    // the one used longest ago comes first
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
  }

  /**
   * @param maxBytes of all tenants; 0 remembers nothing
   * @param maxTenantBytes of one tenant
   * @param keptNanos how long they are kept
   * @param nanoTime monotonic time
   */
  public ThoughtMemory(long maxBytes, long maxTenantBytes, long keptNanos, LongSupplier nanoTime) {
    this.maxBytes = maxBytes;
    this.maxTenantBytes = maxTenantBytes;
    this.keptNanos = keptNanos;
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  /** One that remembers nothing. */
  public static ThoughtMemory none() {
    return new ThoughtMemory(0, 0, 0, () -> 0);
  }

  /** Whether it remembers anything at all. */
  public boolean isOn() {
    return maxBytes > 0;
  }

  /** Most bytes of the thoughts of one answer. */
  public long maxAnswerBytes() {
    return Math.min(maxBytes, maxTenantBytes) / LEAST_ENTRIES;
  }

  /** Remembers what led to a call; thoughts that are too large are not. */
  public void keep(long tenant, String callId, Thoughts thoughts) {
    long size = thoughts.bytes() + 2L * callId.length() + ENTRY_BYTES;
    if (callId.isEmpty() || callId.length() > MAX_ID || size > maxAnswerBytes()) {
      return;
    }
    long now = nanoTime.getAsLong();
    synchronized (this) {
      Tenant own = tenants.computeIfAbsent(tenant, _ -> new Tenant());
      remove(own, callId);
      while (!own.entries.isEmpty() && own.bytes + size > maxTenantBytes) {
        remove(own, own.entries.keySet().iterator().next());
      }
      if (bytes + size > maxBytes) {
        forgetOld(now);
      }
      while (!own.entries.isEmpty() && bytes + size > maxBytes) {
        remove(own, own.entries.keySet().iterator().next());
      }
      if (bytes + size <= maxBytes) {
        own.entries.put(callId, new Entry(thoughts, size, now + keptNanos));
        own.bytes += size;
        bytes += size;
        kept++;
      }
      // forgetOld may have taken it out while it was empty
      if (own.entries.isEmpty()) {
        tenants.remove(tenant, own);
      } else {
        tenants.put(tenant, own);
      }
    }
  }

  /** What led to a call, of the same tenant only. */
  public synchronized Optional<Thoughts> find(long tenant, String callId) {
    Tenant own = tenants.get(tenant);
    Entry entry = own == null ? null : own.entries.get(callId);
    if (own == null || entry == null) {
      lost++;
      return Optional.empty();
    }
    if (nanoTime.getAsLong() - entry.until > 0) {
      remove(own, callId);
      lost++;
      return Optional.empty();
    }
    found++;
    return Optional.of(entry.thoughts);
  }

  /** Bytes that are held now. */
  public synchronized long bytes() {
    return bytes;
  }

  /** How often thoughts were remembered. */
  public synchronized long kept() {
    return kept;
  }

  /** How often they were found again. */
  public synchronized long found() {
    return found;
  }

  /** How often there was nothing for a call. */
  public synchronized long lost() {
    return lost;
  }

  private void remove(Tenant own, String callId) {
    Entry gone = own.entries.remove(callId);
    if (gone != null) {
      own.bytes -= gone.bytes;
      bytes -= gone.bytes;
    }
  }

  private void forgetOld(long now) {
    for (Iterator<Tenant> all = tenants.values().iterator(); all.hasNext(); ) {
      Tenant each = all.next();
      each.entries
          .values()
          .removeIf(
              entry -> {
                boolean old = now - entry.until > 0;
                each.bytes -= old ? entry.bytes : 0;
                bytes -= old ? entry.bytes : 0;
                return old;
              });
      if (each.entries.isEmpty()) {
        all.remove();
      }
    }
  }
}
