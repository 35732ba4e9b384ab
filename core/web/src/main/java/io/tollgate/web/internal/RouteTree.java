package io.tollgate.web.internal;

import io.tollgate.web.BlockingRoute;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.RouteTable;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one server, as a tree of path segments. Literal segments are looked up, parameters
 * tried in the order of their declaration after them, and what takes everything below last. Filled
 * before the server listens, then only read.
 */
final class RouteTree implements RouteTable {
  private final Node root = new Node();
  private final Map<String, ErrorForm> fallbacks = new HashMap<>();
  private final Set<String> openPrefixes = new HashSet<>();
  private final ErrorForm standard = ErrorForms.standard();
  private final Set<String> subprotocols = new TreeSet<>();
  private int frameBytes;

  @Override
  public void blocking(
      HttpMethod method, String pattern, ErrorForm errors, long bodyLimit, BlockingRoute route) {
    add(new DeclaredRoute.Blocking(method, pattern, errors, bodyLimit, false, route));
  }

  @Override
  public void confidential(
      HttpMethod method, String pattern, ErrorForm errors, long bodyLimit, BlockingRoute route) {
    add(new DeclaredRoute.Blocking(method, pattern, errors, bodyLimit, true, route));
  }

  @Override
  public void stream(HttpMethod method, String pattern, ErrorForm errors, StreamRoute route) {
    add(new DeclaredRoute.Stream(method, pattern, errors, route));
  }

  @Override
  public void fallback(String pathPrefix, ErrorForm errors) {
    fallbacks.put(prefix(pathPrefix), errors);
  }

  @Override
  public void openToBrowsers(String pathPrefix) {
    openPrefixes.add(prefix(pathPrefix));
  }

  @Override
  public void webSockets(String subprotocol, int bytes) {
    subprotocols.add(subprotocol);
    frameBytes = Math.max(frameBytes, bytes);
  }

  /** What WebSockets may speak; empty where no route makes any. */
  List<String> subprotocols() {
    return List.copyOf(subprotocols);
  }

  /** Most bytes of one frame of theirs. */
  int frameBytes() {
    return frameBytes;
  }

  private static String prefix(String given) {
    if (!given.startsWith("/")) {
      throw new IllegalArgumentException("prefix: " + given + " (expected: to start with /)");
    }
    return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
  }

  /** Whether a raw path is below a prefix that is open to scripts of other web pages. */
  boolean isOpenToBrowsers(String path) {
    for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      if (openPrefixes.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** The methods declared where a path ends, or nothing when no pattern fits. */
  Optional<Match> find(List<String> segments) {
    Map<String, String> parameters = new HashMap<>(4);
    Node end = find(root, segments, 0, parameters);
    if (end == null) {
      return Optional.empty();
    }
    parameters.forEach(PlainText::require);
    return Optional.of(new Match(end.methods, parameters));
  }

  /** The error form of the longest declared prefix of a raw path. */
  ErrorForm fallbackFor(String path) {
    String prefix = path;
    while (true) {
      ErrorForm form = fallbacks.get(prefix);
      if (form != null) {
        return form;
      }
      int slash = prefix.lastIndexOf('/');
      if (slash < 0) {
        return standard;
      }
      prefix = prefix.substring(0, slash);
    }
  }

  private static @Nullable Node find(
      Node node, List<String> segments, int depth, Map<String, String> parameters) {
    if (depth == segments.size()) {
      return node.methods.isEmpty() ? null : node;
    }
    String segment = segments.get(depth);
    Node literal = node.literals.get(segment);
    if (literal != null) {
      Node found = find(literal, segments, depth + 1, parameters);
      if (found != null) {
        return found;
      }
    }
    for (ParameterChild child : node.parameters) {
      if (child.segment.match(segment, parameters)) {
        Node found = find(child.node, segments, depth + 1, parameters);
        if (found != null) {
          return found;
        }
        child.segment.names().forEach(parameters::remove);
      }
    }
    return node.below;
  }

  private void add(DeclaredRoute route) {
    String pattern = route.pattern();
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException("route: " + pattern + " (expected: to start with /)");
    }
    Node node = root;
    List<String> segments = RequestTarget.segments(pattern);
    for (int i = 0; i < segments.size(); i++) {
      String text = segments.get(i);
      if (text.equals(RouteTable.BELOW)) {
        if (i != segments.size() - 1) {
          throw new IllegalArgumentException(
              "route: " + pattern + " (expected: " + RouteTable.BELOW + " at its end)");
        }
        node = node.below();
      } else {
        node =
            RouteSegment.hasParameter(text)
                ? node.parameter(RouteSegment.parse(text))
                : node.literal(text);
      }
    }
    DeclaredRoute before = node.methods.putIfAbsent(route.method().name(), route);
    if (before != null) {
      throw new IllegalArgumentException(
          "route declared twice: " + route.method().name() + " " + pattern);
    }
  }

  /**
   * @param methods routes by method name
   * @param parameters decoded
   */
  record Match(Map<String, DeclaredRoute> methods, Map<String, String> parameters) {
    Optional<DeclaredRoute> route(String method) {
      DeclaredRoute route = methods.get(method);
      if (route == null && method.equals("HEAD")) {
        route = methods.get("GET");
      }
      return Optional.ofNullable(route);
    }

    /** What {@code Allow} says. */
    String allowed() {
      List<String> names = new ArrayList<>(methods.keySet());
      if (methods.containsKey("GET") && !methods.containsKey("HEAD")) {
        names.add("HEAD");
      }
      if (!methods.containsKey("OPTIONS")) {
        names.add("OPTIONS");
      }
      return String.join(", ", names);
    }
  }

  private record ParameterChild(RouteSegment segment, Node node) {}

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final List<ParameterChild> parameters = new ArrayList<>();
    private final Map<String, DeclaredRoute> methods = new TreeMap<>();
    private @Nullable Node below;

    Node below() {
      Node node = below == null ? new Node() : below;
      below = node;
      return node;
    }

    Node literal(String text) {
      return literals.computeIfAbsent(text, unused -> new Node());
    }

    Node parameter(RouteSegment segment) {
      for (ParameterChild child : parameters) {
        if (child.segment.equals(segment)) {
          return child.node;
        }
      }
      Node node = new Node();
      parameters.add(new ParameterChild(segment, node));
      return node;
    }
  }
}
