package io.tollgate.relay.protocols;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.openai.OpenAiCaller;
import io.tollgate.relay.protocols.openai.OpenAiUpstream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The protocols that are spoken here: the one place that knows each of them. Thread-safe. */
public final class Protocols {
  private final Map<Protocol, CallerProtocol> callers = new EnumMap<>(Protocol.class);
  private final Map<Protocol, UpstreamProtocol> upstreams = new EnumMap<>(Protocol.class);

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   */
  public Protocols(int noMeansStatus) {
    add(new OpenAiCaller(noMeansStatus));
    add(new OpenAiUpstream());
  }

  /** Those that callers may speak. */
  public List<CallerProtocol> callers() {
    return List.copyOf(callers.values());
  }

  /** Beginnings of paths, and who is served below each: mostly one protocol. */
  public Map<String, List<CallerProtocol>> callersByPrefix() {
    Map<String, List<CallerProtocol>> byPrefix = new TreeMap<>();
    callers
        .values()
        .forEach(
            caller ->
                caller
                    .prefixes()
                    .forEach(
                        prefix ->
                            byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(caller)));
    return byPrefix;
  }

  /**
   * The protocol of a request to a path that several share.
   *
   * @param sharing at least one
   */
  public static CallerProtocol caller(List<CallerProtocol> sharing, RequestHead head) {
    for (CallerProtocol caller : sharing) {
      if (caller.claims(head)) {
        return caller;
      }
    }
    return sharing.getFirst();
  }

  /** Those that providers may be spoken to in. */
  public Set<Protocol> upstreams() {
    return Set.copyOf(upstreams.keySet());
  }

  /**
   * @throws IllegalArgumentException when callers cannot speak it
   */
  public CallerProtocol caller(Protocol protocol) {
    return known(callers.get(protocol), protocol);
  }

  /**
   * @throws IllegalArgumentException when providers cannot be spoken to in it
   */
  public UpstreamProtocol upstream(Protocol protocol) {
    return known(upstreams.get(protocol), protocol);
  }

  private void add(CallerProtocol caller) {
    callers.put(caller.protocol(), caller);
  }

  private void add(UpstreamProtocol upstream) {
    upstreams.put(upstream.protocol(), upstream);
  }

  private static <T> T known(@Nullable T found, Protocol protocol) {
    if (found == null) {
      throw new IllegalArgumentException("protocol: " + protocol.code() + " is not spoken here");
    }
    return found;
  }
}
