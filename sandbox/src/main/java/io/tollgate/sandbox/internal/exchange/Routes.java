package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.json.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Which path is answered by whom. A path may hold {@code {}} once, for a name. */
public final class Routes {
  private record Place(Dialect dialect, BiConsumer<HttpServerRequest, String> handler) {}

  private record Pattern(String before, String after, Map<HttpMethod, Place> places) {
    Optional<String> subject(String path) {
      return path.length() > before.length() + after.length()
              && path.startsWith(before)
              && path.endsWith(after)
          ? Optional.of(path.substring(before.length(), path.length() - after.length()))
          : Optional.empty();
    }
  }

  private final Site site;
  private final Map<String, Map<HttpMethod, Place>> exact = new HashMap<>();
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();

  public Routes(Site site) {
    this.site = site;
  }

  /** What all routes share. */
  public Site site() {
    return site;
  }

  /** A route for those with a key, whose answers are in the journal. */
  public void counted(HttpMethod method, String path, Dialect dialect, Endpoint endpoint) {
    if (method == HttpMethod.POST) {
      endpoints.put(path, endpoint);
    }
    keyed(method, path, dialect, new CountedRoute(site, dialect, endpoint)::handle);
  }

  /** Those of some paths, as far as they were added, that answer a POST. */
  public Map<String, Endpoint> endpoints(Set<String> paths) {
    Map<String, Endpoint> found = new HashMap<>(endpoints);
    found.keySet().retainAll(paths);
    return Map.copyOf(found);
  }

  /** A route for those with a key. */
  public void keyed(
      HttpMethod method,
      String path,
      Dialect dialect,
      BiConsumer<HttpServerRequest, String> handler) {
    open(
        method,
        path,
        dialect,
        (request, subject) -> {
          dialect.demandKey(request);
          handler.accept(request, subject);
        });
  }

  /** A route for everybody. */
  public void open(
      HttpMethod method,
      String path,
      Dialect dialect,
      BiConsumer<HttpServerRequest, String> handler) {
    places(path).put(method, new Place(dialect, handler));
  }

  private Map<HttpMethod, Place> places(String path) {
    int hole = path.indexOf("{}");
    if (hole < 0) {
      return exact.computeIfAbsent(path, made -> new LinkedHashMap<>());
    }
    String before = path.substring(0, hole);
    String after = path.substring(hole + 2);
    for (Pattern pattern : patterns) {
      if (pattern.before.equals(before) && pattern.after.equals(after)) {
        return pattern.places;
      }
    }
    Pattern added = new Pattern(before, after, new LinkedHashMap<>());
    patterns.add(added);
    patterns.sort(Comparator.comparingInt(pattern -> -pattern.after.length()));
    return added.places;
  }

  /** Answers a request, or refuses it the way that the path's protocol does. */
  public void handle(HttpServerRequest request, Dialect otherwise) {
    // Vert.x has none for a malformed request line
    String given = request.path();
    String path = given == null ? "" : given;
    Map<HttpMethod, Place> places = exact.get(path);
    String subject = "";
    if (places == null) {
      for (Pattern pattern : patterns) {
        Optional<String> found = pattern.subject(path);
        if (found.isPresent()) {
          places = pattern.places;
          subject = found.get();
          break;
        }
      }
    }
    if (places == null) {
      Replies.problem(request, otherwise, unknown(request, path));
      return;
    }
    Place place = places.get(request.method());
    if (place == null) {
      refuseMethod(request, places);
      return;
    }
    try {
      place.handler.accept(request, URLDecoder.decode(subject, StandardCharsets.UTF_8));
    } catch (Problem problem) {
      Replies.problem(request, place.dialect, problem);
    } catch (IllegalArgumentException e) {
      Replies.problem(request, place.dialect, Problem.invalid("", "", "Malformed URL."));
    }
  }

  private static void refuseMethod(HttpServerRequest request, Map<HttpMethod, Place> places) {
    String allowed = String.join(", ", places.keySet().stream().map(HttpMethod::name).toList());
    request.response().putHeader("Allow", allowed);
    Replies.problem(
        request,
        places.values().iterator().next().dialect,
        new Problem(
            405,
            "method_not_supported",
            "",
            "Not allowed: " + request.method() + " (expected: " + allowed + ")."));
  }

  private static Problem unknown(HttpServerRequest request, String path) {
    return Problem.missing(
        "unknown_url", "Unknown request URL: " + request.method() + " " + path + ".");
  }
}
